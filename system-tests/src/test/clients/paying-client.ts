// A user's program on the TypeScript client that openapi-generator makes of the member's published document: it pays in
// each way that there is and follows a list. It prints the name of each payment, a line each.
import { CheesesApi, Configuration, MiningApi, WalletApi } from './member';

declare const process: { argv: string[]; exitCode: number };

async function main(url: string, token: string): Promise<void> {
    const configuration = new Configuration({ basePath: url, accessToken: token });
    const wallet = new WalletApi(configuration);
    const mining = new MiningApi(configuration);
    await mining.mineCheeses({ cheesesWanted: { count: 20 } });
    const rent: string = (await wallet.createWalletAddress()).address;

    console.log('paid ' + (await wallet.makePayment({
        paymentOrder: { to: rent, amountCrumbs: 50_000 }, idempotencyKey: 'typescript-1' })).txid);
    console.log('paid ' + (await wallet.makePayment({
        paymentOrder: { receivers: [{ to: rent, amountCrumbs: 20_000 }, { to: rent, amountCrumbs: 30_000 }] } })).txid);
    await mining.mineCheeses({ cheesesWanted: { count: 1 } });
    console.log('paid ' + (await wallet.makePayment({ paymentOrder: { to: rent, sendAll: true } })).txid);

    const cheeses = new CheesesApi(configuration);
    const newest = await cheeses.listCheeses({ limit: 2 });
    // Fields that are always there are neither undefined nor null: this compiles under strict.
    const heights: number[] = newest.items.map(it => it.height);
    const older = await cheeses.listCheeses({ cursor: newest.nextCursor, limit: 1 });
    if (older.items[0].height !== heights[1] - 1) {
        throw new Error('a page is not as it must be');
    }
}

main(process.argv[2], process.argv[3]).catch(failure => {
    console.error(failure);
    process.exitCode = 1;
});
