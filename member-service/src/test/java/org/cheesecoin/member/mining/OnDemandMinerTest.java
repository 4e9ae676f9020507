package org.cheesecoin.member.mining;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.member.mining.OnDemandMiner.Mined;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.node.MemberClock;
import org.cheesecoin.membertest.TestMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a request ends, and what it has mined by then. Something happens when it asks whom a cheese is to pay. */
class OnDemandMinerTest {

    private static TestMember member;
    private static Mailbox mailbox;

    private final AtomicLong steadyMillis = new AtomicLong();
    private final AtomicInteger begun = new AtomicInteger();
    private final int before = height();

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start("cheesecoin.index.enabled=false");
        mailbox = member.context().getBean(Mailbox.class);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    private static int height() {
        return mailbox.call(access -> access.node().stack().tip().height()).join();
    }

    /** One to which this happens while it searches its cheese of this number. */
    private OnDemandMiner miner(int number, Runnable happens) {
        PayTo payTo = () -> {
            if (begun.incrementAndGet() == number) {
                happens.run();
            }
            return TestMember.MINER.address();
        };
        return new OnDemandMiner(mailbox, member.context().getBean(HandIn.class), payTo,
                new MemberClock(InstantSource.system(), steadyMillis::get));
    }

    private void assertHalted(Mined mined, int cheeses, String reason) {
        assertThat(mined).isInstanceOfSatisfying(Mined.Halted.class, halted -> {
            assertThat(halted.cheeses()).hasSize(cheeses);
            assertThat(halted.reason()).contains(reason);
            assertThat(halted.violation()).isEmpty();
        });
        assertThat(height()).as("what is found too late is let go").isEqualTo(before + cheeses);
    }

    @Test
    void minesAsManyAsAreWished() {
        Mined mined = miner(0, () -> {}).mine(3);

        assertThat(mined).isInstanceOfSatisfying(Mined.All.class, all -> assertThat(all.cheeses())
                .extracting(Cheese::height).containsExactly(before + 1, before + 2, before + 3));
        assertThat(height()).isEqualTo(before + 3);
    }

    @Test
    void aRequestEndsInTimeWhateverWasWished() {
        OnDemandMiner miner = miner(3, () -> steadyMillis.addAndGet(OnDemandMiner.MAX_REQUEST_MILLIS));

        assertHalted(miner.mine(1_000), 2, "120 s");
    }

    @Test
    void goesOnUntilItsTimeIsOver() {
        OnDemandMiner miner = miner(2, () -> steadyMillis.addAndGet(OnDemandMiner.MAX_REQUEST_MILLIS - 1));

        assertThat(miner.mine(3)).isInstanceOf(Mined.All.class);
    }

    @Test
    void endsWhereMiningIsSwitchedOffWhileItSearches() {
        OnDemandMiner[] miner = new OnDemandMiner[1];
        miner[0] = miner(2, () -> miner[0].stops());

        assertHalted(miner[0].mine(1_000), 1, "switched off");
        assertThat(miner[0].mine(1)).as("a new request is served").isInstanceOf(Mined.All.class);
    }
}
