package org.cheesecoin.chain.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message.CheeseTransactions;
import org.cheesecoin.chain.wire.Message.CompactCheese;
import org.cheesecoin.chain.wire.Message.GetCheeseTransactions;

/** The sender's side of compact cheeses; {@link Reassembly} is the receiver's. */
public final class CompactCheeses {

    private static final int COINBASE_KIND = 1;
    private static final int INPUT_BYTES = 36;
    private static final int OUTPUT_BYTES = 29;

    private CompactCheeses() {}

    /**
     * The compact form of a checked cheese.
     *
     * @param salt any number, another one for each sender
     * @return none where the coinbase is longer than {@link WireLimits#MAX_COMPACT_COINBASE_BYTES}: it travels whole
     */
    public static Optional<CompactCheese> of(Cheese cheese, long salt) {
        if (!(cheese.transactions().getFirst() instanceof Coinbase coinbase)
                || coinbase.sizeBytes() > WireLimits.MAX_COMPACT_COINBASE_BYTES) {
            return Optional.empty();
        }
        ShortIds shortIds = ShortIds.of(cheese.header(), salt);
        List<Long> ids = cheese.transactions().stream()
                .skip(1)
                .map(transaction -> shortIds.shortId(transaction.fullId()))
                .toList();
        return Optional.of(new CompactCheese(cheese.header(), salt, coinbase, ids));
    }

    /**
     * What was asked for of this cheese.
     *
     * @return the payments, or ENC-VALUE where the cheese has no payment at one of the positions
     */
    public static Outcome<CheeseTransactions> answer(Cheese cheese, GetCheeseTransactions question) {
        List<Payment> payments = new ArrayList<>(question.indexes().size());
        for (int index : question.indexes()) {
            if (index < 1 || index >= cheese.transactions().size()
                    || !(cheese.transactions().get(index) instanceof Payment payment)) {
                return Outcome.refused(Violation.of(Rule.ENC_VALUE)
                        .with("smell", cheese.smell())
                        .with("index", index)
                        .with("transactions", cheese.transactions().size()));
            }
            payments.add(payment);
        }
        return Outcome.passed(new CheeseTransactions(cheese.smell(), payments));
    }

    /**
     * What was asked for of this cheese, as the frame of a {@link CheeseTransactions}. It cuts the payments out without
     * making objects of the cheese, which would take five times as much memory.
     *
     * @param encodedCheese from the own store: nobody checks it again
     * @return the frame, or ENC-VALUE where the cheese has no payment at one of the positions
     */
    public static Outcome<byte[]> answer(byte[] encodedCheese, GetCheeseTransactions question) {
        ByteBuffer cheese = ByteBuffer.wrap(encodedCheese).position(CheeseHeader.BYTES);
        int count = cheese.getInt();
        ByteBuffer frame = ByteBuffer.allocate(1 + Hash256.BYTES + 2 + cheese.remaining());
        frame.put((byte) MessageType.CHEESE_TRANSACTIONS.firstByte());
        frame.put(question.smell().hash().toBytes()).putChar((char) question.indexes().size());
        int position = 0;
        for (int index : question.indexes()) {
            if (index <= Math.max(0, position - 1) || index >= count) {
                return Outcome.refused(Violation.of(Rule.ENC_VALUE)
                        .with("smell", question.smell())
                        .with("index", index)
                        .with("transactions", count));
            }
            for (; position < index; position++) {
                skipTransaction(cheese);
            }
            int start = cheese.position();
            skipTransaction(cheese);
            position++;
            frame.put(encodedCheese, start, cheese.position() - start);
        }
        return Outcome.passed(Arrays.copyOf(frame.array(), frame.position()));
    }

    private static void skipTransaction(ByteBuffer cheese) {
        cheese.get();
        if (cheese.get() == COINBASE_KIND) {
            skip(cheese, Integer.BYTES);
            skip(cheese, Byte.toUnsignedInt(cheese.get()));
            skip(cheese, cheese.getChar() * OUTPUT_BYTES);
        } else {
            skip(cheese, cheese.getChar() * INPUT_BYTES);
            skip(cheese, cheese.getChar() * OUTPUT_BYTES);
            skip(cheese, cheese.getChar() * Witness.BYTES);
        }
    }

    private static void skip(ByteBuffer cheese, int bytes) {
        cheese.position(cheese.position() + bytes);
    }
}
