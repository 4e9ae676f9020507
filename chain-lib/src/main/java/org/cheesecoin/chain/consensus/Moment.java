package org.cheesecoin.chain.consensus;

/**
 * A moment by both clocks of a member. The machine's clock may be set back or forward at any time, so that a difference of
 * two of its times says nothing of what went by; the steady one is never set, and says nothing of what time it is.
 *
 * @param clockMillis what the machine's clock shows, in milliseconds since 1970: for times that are told to others, shown
 *     or kept, and for HDR-TIME-EARLY
 * @param steadyMillis what went by, in milliseconds since any beginning that makes 0 long ago: for all that lasts, as
 *     time-outs, pauses and allowances; it never goes back
 */
public record Moment(long clockMillis, long steadyMillis) {

    /** Where nobody sets the clock, as in virtual time. */
    public static Moment of(long millis) {
        return new Moment(millis, millis);
    }
}
