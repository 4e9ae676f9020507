import java.util.List;
import java.util.Objects;

import client.member.ApiClient;
import client.member.api.AddressesApi;
import client.member.api.CheesesApi;
import client.member.api.MempoolApi;
import client.member.api.MiningApi;
import client.member.api.NodeApi;
import client.member.api.PeersApi;
import client.member.api.TransactionsApi;
import client.member.api.WalletApi;
import client.member.model.CheesesWanted;
import client.member.model.DraftOrder;
import client.member.model.DraftSigning;
import client.member.model.DraftState;
import client.member.model.DraftSubmission;
import client.member.model.PageCheese;
import client.member.model.PaymentOfAll;
import client.member.model.PaymentOrder;
import client.member.model.PaymentToOne;
import client.member.model.PaymentToSeveral;
import client.member.model.Receiver;

/**
 * A user's program on the Java client that openapi-generator makes of the published documents: it pays in each way that
 * there is, makes a draft, and reads every list. It prints the name of each payment, a line each.
 */
public final class PayingClient {

    /** Takes the member's URL, the owner's token and the tracker's URL. */
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        WalletApi wallet = new WalletApi(client);
        MiningApi mining = new MiningApi(client);
        // Old enough to be spent, the first of them.
        mining.mineCheeses(new CheesesWanted().count(20));
        String rent = wallet.createWalletAddress(null).getAddress();

        print(wallet.makePayment(new PaymentOrder(new PaymentToOne().to(rent).amountCrumbs(50_000L)), "java-1")
                .getTxid());
        print(wallet.makePayment(new PaymentOrder(new PaymentToSeveral()
                .addReceiversItem(new Receiver().to(rent).amountCrumbs(20_000L))
                .addReceiversItem(new Receiver().to(rent).amountCrumbs(30_000L)).feeRate(5L)), null).getTxid());
        mining.mineCheeses(new CheesesWanted().count(1));
        draft(wallet, rent);
        mining.mineCheeses(new CheesesWanted().count(1));
        lists(client, wallet, rent);
        new client.tracker.api.PeersApi(tracker(arguments[2]))
                .samplePeers(new NodeApi(client).getNode().getNetwork().getId(), null).getPeers().size();
        print(wallet.makePayment(new PaymentOrder(
                new PaymentOfAll().to(rent).sendAll(PaymentOfAll.SendAllEnum.TRUE)), null).getTxid());
    }

    private static client.tracker.ApiClient tracker(String url) {
        client.tracker.ApiClient client = new client.tracker.ApiClient();
        client.updateBaseUri(url);
        return client;
    }

    private static void draft(WalletApi wallet, String receiver) throws Exception {
        DraftState begun = wallet.createDraft(new DraftOrder().contributeCrumbs(40_000L)
                .receivers(List.of(new Receiver().to(receiver).amountCrumbs(40_000L))));
        DraftState signed = wallet.signDraft(
                new DraftSigning().draft(begun.getDraft()).mostCostCrumbs(Math.max(0, begun.getCostCrumbs())));
        print(wallet.submitDraft(new DraftSubmission().draft(signed.getDraft())).getTxid());
    }

    private static void lists(ApiClient client, WalletApi wallet, String address) throws Exception {
        CheesesApi cheeses = new CheesesApi(client);
        PageCheese newest = cheeses.listCheeses(null, null, 2);
        require(newest.getItems().size() == 2);
        String next = Objects.requireNonNull(newest.getNextCursor(), "no cursor");
        require(cheeses.listCheeses(null, next, null).getItems().getFirst().getHeight()
                == newest.getItems().getLast().getHeight() - 1);
        require(!cheeses.listCheeseTransactions(newest.getItems().getFirst().getSmell(), null, null).getItems().isEmpty());
        TransactionsApi transactions = new TransactionsApi(client);
        require(transactions.listTransactions("confirmed", null, null, 3).getItems().size() == 3);
        require(transactions.listTransactions("pending", address, null, null).getItems().isEmpty());
        AddressesApi addresses = new AddressesApi(client);
        require(addresses.listAddressCoins(address, null, null).getItems().size() >= 3);
        require(addresses.listAddressTransactions(address, null, null).getItems().size() >= 3);
        require(new MempoolApi(client).listMempool(null, null).getItems().isEmpty());
        require(new PeersApi(client).listPeers("connected", null, null).getItems().isEmpty());
        require(new PeersApi(client).listPeers("known", null, null).getNextCursor() == null);
        require(wallet.listWalletAddresses(null, null).getItems().size() >= 2);
        require(wallet.listWalletTransactions(null, 200).getItems().size() > 20);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a list is not as it must be");
        }
    }

    private static void print(String txid) {
        System.out.println("paid " + Objects.requireNonNull(txid));
    }

    private PayingClient() {}
}
