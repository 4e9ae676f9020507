package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;

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

        pool.parentCame(chain.get(0).txid());
        assertThat(pool.adoptable()).containsExactly(chain.get(1));
        pool.takeOrphan(chain.get(1).fullId());
        assertThat(pool.adoptable()).isEmpty();
        pool.parentCame(chain.get(1).txid());
        assertThat(pool.adoptable()).containsExactly(chain.get(2));
        assertThat(pool.orphanCount()).as("until it is taken").isEqualTo(1);
        pool.takeOrphan(chain.get(2).fullId());
        assertThat(pool.orphanCount()).isZero();
        assertThat(pool.adoptable()).isEmpty();
    }

    @Test
    void areAHundredAtMostAndTheOldestGoes() {
        List<Payment> chain = bench.chain(1, 102, 500);
        List<Payment> dropped = new ArrayList<>();
        chain.subList(1, 102).forEach(payment -> dropped.addAll(keep(payment)));

        assertThat(pool.orphanCount()).isEqualTo(100);
        assertThat(dropped).containsExactly(chain.get(1));
        pool.parentCame(chain.get(0).txid());
        assertThat(pool.adoptable()).isEmpty();
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
        pool.parentCame(orphan.inputs().getFirst().txid());
        assertThat(pool.adoptable()).isEmpty();
    }

    @Test
    void theSameOneIsKeptOnce() {
        Payment orphan = bench.passOn(bench.pass(1, 500), TestKeys.key(1), 500);
        keep(orphan);
        keep(orphan);

        assertThat(pool.orphanCount()).isEqualTo(1);
    }

    @Test
    void haveSoManyBytesTogetherAndTheOldestGoes() {
        List<Payment> chain = bench.chain(1, 5, 500);
        int bytes = chain.get(1).sizeBytes() + 60;
        Orphans orphans = new Orphans(100, 2L * bytes, 1_000);

        assertThat(orphans.keep(chain.get(1), chain.get(1).inputs(), 1, 0)).isEmpty();
        assertThat(orphans.keep(chain.get(2), chain.get(2).inputs(), 1, 0)).isEmpty();
        assertThat(orphans.keep(chain.get(3), chain.get(3).inputs(), 1, 0)).containsExactly(chain.get(1));

        orphans.parentCame(chain.get(1).txid());
        assertThat(orphans.adoptable()).containsExactly(chain.get(2));
        orphans.forget(chain.get(2).fullId());
        assertThat(orphans.keep(chain.get(4), chain.get(4).inputs(), 1, 0)).isEmpty();
    }

    @Test
    void ofWhoeverFloodsTheOldestGoAndThoseOfOthersStay() {
        List<Payment> chain = bench.chain(1, 10, 500);
        Orphans orphans = new Orphans(3, 1_000_000, 1_000);
        orphans.keep(chain.get(1), chain.get(1).inputs(), 1, 0);

        for (int i = 2; i < 10; i++) {
            orphans.keep(chain.get(i), chain.get(i).inputs(), 2, 0);
        }

        assertThat(orphans.contains(chain.get(1).fullId())).isTrue();
        assertThat(orphans.count()).isEqualTo(3);
        assertThat(orphans.contains(chain.get(9).fullId())).isTrue();
    }

    private List<Payment> keep(Payment payment) {
        return pool.keepOrphan(payment, payment.inputs(), 1, bench.nowMillis);
    }
}
