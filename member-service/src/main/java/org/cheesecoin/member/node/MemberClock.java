package org.cheesecoin.member.node;

import java.time.InstantSource;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.web.MonotonicClock;

/**
 * A member's two clocks.
 *
 * @param machine what time it is; may be set at any time
 * @param steady what went by, for all that lasts
 */
public record MemberClock(InstantSource machine, MonotonicClock steady) {

    /** The moment by both. */
    public Moment now() {
        return new Moment(clockMillis(), steadyMillis());
    }

    /** What the machine's clock shows, in milliseconds since 1970. */
    public long clockMillis() {
        return machine.millis();
    }

    /** The steady clock's time, in milliseconds, of which only differences mean anything. */
    public long steadyMillis() {
        return steady.millis();
    }
}
