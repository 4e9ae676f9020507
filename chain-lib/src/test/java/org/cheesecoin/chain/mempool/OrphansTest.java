package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrphansTest {

    private final PoolBench bench = PoolBench.rich(2);
    private final Mempool pool = bench.pool;

    @Test
    void areHandedOutWhenTheirParentComes() {
        List<Payment> chain = bench.chain(1, 3, 500);
        keep(chain.get(2));
        keep(chain.get(1));

        assertThat(pool.adoptable(chain.get(0).txid())).containsExactly(chain.get(1));
        assertThat(pool.adoptable(chain.get(0).txid())).isEmpty();
        assertThat(pool.adoptable(chain.get(1).txid())).containsExactly(chain.get(2));
        assertThat(pool.orphanCount()).isZero();
    }

    @Test
    void areAHundredAtMostAndTheOldestGoes() {
        List<Payment> chain = bench.chain(1, 102, 500);
        List<Payment> dropped = new ArrayList<>();
        chain.subList(1, 102).forEach(payment -> keep(payment).ifPresent(dropped::add));

        assertThat(pool.orphanCount()).isEqualTo(100);
        assertThat(dropped).containsExactly(chain.get(1));
        assertThat(pool.adoptable(chain.get(0).txid())).isEmpty();
        assertThat(pool.isOrphan(chain.get(1).fullId())).isFalse();
        assertThat(pool.isOrphan(chain.get(2).fullId())).isTrue();
    }

    @Test
    void waitForALimitedTime() {
        Payment orphan = bench.passOn(bench.pass(1, 500), TestKeys.key(1), 500);
        keep(orphan);

        pool.expire(bench.nowMillis + MempoolLimits.DEFAULT.orphanMillis() - 1, bench.steps::add);
        assertThat(pool.orphanCount()).isEqualTo(1);
        pool.expire(bench.nowMillis + MempoolLimits.DEFAULT.orphanMillis(), bench.steps::add);

        assertThat(pool.orphanCount()).isZero();
        assertThat(pool.adoptable(orphan.inputs().getFirst().txid())).isEmpty();
    }

    @Test
    void theSameOneIsKeptOnce() {
        Payment orphan = bench.passOn(bench.pass(1, 500), TestKeys.key(1), 500);
        keep(orphan);
        keep(orphan);

        assertThat(pool.orphanCount()).isEqualTo(1);
    }

    private Optional<Payment> keep(Payment payment) {
        return pool.keepOrphan(payment, payment.inputs(), bench.nowMillis);
    }
}
