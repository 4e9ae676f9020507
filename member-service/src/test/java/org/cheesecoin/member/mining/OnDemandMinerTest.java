package org.cheesecoin.member.mining;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.mining.OnDemandMiner.Mined;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.node.MemberClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OnDemandMinerTest {

    private final AtomicLong steadyMillis = new AtomicLong();
    private final Mailbox mailbox = new Mailbox(10, 1_000_000);

    @Test
    void aRequestEndsInTimeWhateverWasWished() {
        // Its whole time passes between two looks at the clock.
        MemberClock clock = new MemberClock(InstantSource.system(),
                () -> steadyMillis.getAndAdd(OnDemandMiner.MAX_REQUEST_MILLIS));
        OnDemandMiner miner = new OnDemandMiner(mailbox, new HandIn(mailbox), TestKeys.key(1)::address, clock);

        assertThat(miner.mine(1_000)).isInstanceOfSatisfying(Mined.Halted.class, halted -> {
            assertThat(halted.cheeses()).isEmpty();
            assertThat(halted.reason()).contains("120 s");
        });
    }
}
