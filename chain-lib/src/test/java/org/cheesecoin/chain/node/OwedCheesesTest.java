package org.cheesecoin.chain.node;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Sha256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwedCheesesTest {

    private final OwedCheeses owed = new OwedCheeses(64);

    private static Smell smell(int number) {
        return new Smell(Sha256.hash(new byte[]{(byte) number}));
    }

    @Test
    void mayOweOneMoreForEachDeliveredUpToTheLimit() {
        for (int i = 0; i < 100; i++) {
            owed.ask(smell(i), 1_000);
            assertThat(owed.delivered(smell(i), 1_070)).isEqualTo(70);
        }

        assertThat(owed.room()).isEqualTo(64);
    }

    @Test
    void halvesOnceForEachLateTimeAndNeverBelowOne() {
        owed.narrow(2_000, 10_000);
        owed.narrow(2_000, 11_000);
        assertThat(owed.room()).isEqualTo(OwedCheeses.FIRST_WINDOW / 2);

        for (int i = 0; i < 10; i++) {
            owed.narrow(2_000, 13_000 + 3_000 * i);
        }
        assertThat(owed.room()).isEqualTo(1);
    }
}
