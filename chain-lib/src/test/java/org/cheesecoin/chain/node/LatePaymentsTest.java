package org.cheesecoin.chain.node;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.crypto.Sha256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatePaymentsTest {

    private static final int LIMIT = NodeLimits.defaults().transactionsPerLink();

    private static FullId payment(int number) {
        return new FullId(Sha256.hash(ByteBuffer.allocate(4).putInt(number).array()));
    }

    /** One that was forgotten would be held against a peer that only was slow. */
    @Test
    void forgetsNoneOfAsManyAsAPeerMayOwe() {
        for (int salt = 1; salt <= 50; salt++) {
            LatePayments late = new LatePayments(LIMIT, salt);
            IntStream.range(0, LIMIT).forEach(number -> late.add(payment(number)));
            List<Integer> order = IntStream.range(0, LIMIT).boxed().collect(Collectors.toList());
            Collections.shuffle(order, new Random(salt));

            assertThat(order).as("salt %s", salt).allMatch(number -> late.remove(payment(number)));
            assertThat(late.count()).isZero();
        }
    }

    @Test
    void countsOneThatIsLateTwiceOnce() {
        LatePayments late = new LatePayments(LIMIT, 7);
        late.add(payment(1));
        late.add(payment(1));

        assertThat(late.count()).isEqualTo(1);
        assertThat(late.remove(payment(1))).isTrue();
        assertThat(late.remove(payment(1))).isFalse();
        assertThat(late.count()).isZero();
    }

    @Test
    void keepsNoMoreThanItsLimit() {
        LatePayments late = new LatePayments(3, 7);
        IntStream.range(0, 100).forEach(number -> late.add(payment(number)));

        assertThat(late.count()).isEqualTo(3);
        assertThat(IntStream.range(0, 100).filter(number -> late.remove(payment(number)))).containsExactly(0, 1, 2);
    }

    @Test
    void hasNoneAtFirst() {
        assertThat(new LatePayments(LIMIT, 7).remove(payment(1))).isFalse();
    }
}
