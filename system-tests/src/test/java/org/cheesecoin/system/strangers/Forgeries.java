package org.cheesecoin.system.strangers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;

/** Well-formed things that stand for nothing, another one at each call. */
final class Forgeries {

    private static final int FORGED_HEIGHT = 5_000;
    private static final int TRIVIAL_TARGET = 0x207f_ffff;
    private static final int HARD_TARGET = 0x1d00_ffff;
    private static final int LONGEST_COINBASE_OUTPUTS = 3_400;
    private static final int MOST_SHORT_IDS = 11_764;

    private Forgeries() {}

    static int number() {
        return ThreadLocalRandom.current().nextInt();
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    static Hash256 hash() {
        return Hash256.of(bytes(Hash256.BYTES));
    }

    static List<Smell> smells(int count) {
        return Stream.generate(Forgeries::hash).limit(count).map(Smell::new).toList();
    }

    static List<FullId> fullIds(int count) {
        return Stream.generate(Forgeries::hash).limit(count).map(FullId::new).toList();
    }

    static List<Hash256> hashes(int count) {
        return Stream.generate(Forgeries::hash).limit(count).toList();
    }

    /** So many headers that follow one another on a parent that nobody has, each with the work of a trivial target. */
    static List<CheeseHeader> headers(int count) {
        List<CheeseHeader> headers = new ArrayList<>();
        Smell parent = new Smell(hash());
        for (int i = 0; i < count; i++) {
            CheeseHeader header = CheeseFactory.mine(header(parent, FORGED_HEIGHT + i, TRIVIAL_TARGET));
            headers.add(header);
            parent = header.smell();
        }
        return headers;
    }

    private static CheeseHeader header(Smell parent, int height, int target) {
        return new CheeseHeader(CheeseHeader.VERSION, height, parent, hash(), System.currentTimeMillis(), target, 0);
    }

    /** A compact cheese of the greatest length whose header has no work. */
    static Message.CompactCheese compactWithoutWork() {
        return compact(header(new Smell(hash()), FORGED_HEIGHT, HARD_TARGET));
    }

    /** A compact cheese of the greatest length on a parent that nobody has. */
    static Message.CompactCheese compactOnNothing() {
        return compact(headers(1).getFirst());
    }

    private static Message.CompactCheese compact(CheeseHeader header) {
        Coinbase coinbase = new Coinbase(header.height(), new byte[0],
                Collections.nCopies(LONGEST_COINBASE_OUTPUTS, Payments.to(TestKeys.key(1), 1)));
        List<Long> shortIds = LongStream.rangeClosed(1, MOST_SHORT_IDS).boxed().toList();
        return new Message.CompactCheese(header, number(), coinbase, shortIds);
    }

    /** Records of members at this URL, with signatures of the right form and no more. */
    static List<PeerRecord> records(Smell networkId, GossipUrl url, int count) {
        Signature signature = TestKeys.SCHEME.sign(TestKeys.key(1).privateKey(), hash());
        NodeId nodeId = new NodeId(TestKeys.key(number()).publicKey());
        return Collections.nCopies(count,
                new PeerRecord(networkId, nodeId, url, System.currentTimeMillis(), signature));
    }
}
