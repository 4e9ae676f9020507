package org.cheesecoin.system.strangers;

import java.io.IOException;

/**
 * Something that a stranger does, without a token and for a second or some more.
 *
 * @param name what it is called in tables and failures
 * @param target which service it is aimed at
 * @param deed what is done
 * @param pace how soon it is at its worst
 * @param leaves what it has paid to leave behind
 */
public record Attack(String name, Target target, Deed deed, Pace pace, Leaves leaves) {

    /** What an attack has paid to leave behind, for as long as no cheese has room for it. */
    public enum Leaves {
        NOTHING,
        /** As many payments as wait at most, which are what a member is for. */
        A_FULL_MEMPOOL
    }

    /** How soon an attack is at its worst. */
    public enum Pace {
        /** Within a second: whatever goes on after that is more of the same. */
        QUICK,
        /** It takes more time to fill what it fills. */
        SLOW
    }

    /** Which service is attacked. */
    public enum Target {
        /** The member that {@link Aim#memberPort} names. */
        MEMBER,
        /** The network's tracker. */
        TRACKER
    }

    /** What is done; it ends by itself, or when its sockets are closed. */
    @FunctionalInterface
    public interface Deed {

        /**
         * Does it.
         *
         * @param aim what is attacked
         * @param hands what it is done with
         * @throws IOException if the other end refused a socket that everything else depends on
         */
        void commit(Aim aim, Hands hands) throws IOException;
    }

    static Attack onMember(String name, Deed deed) {
        return new Attack(name, Target.MEMBER, deed, Pace.QUICK, Leaves.NOTHING);
    }

    static Attack onTracker(String name, Deed deed) {
        return new Attack(name, Target.TRACKER, deed, Pace.QUICK, Leaves.NOTHING);
    }

    /** The same, given more time. */
    Attack slow() {
        return new Attack(name, target, deed, Pace.SLOW, leaves);
    }

    /** The same, which leaves this. */
    Attack leaving(Leaves left) {
        return new Attack(name, target, deed, pace, left);
    }

    /** The port of the attacked service. */
    public int port(Aim aim) {
        return target == Target.MEMBER ? aim.memberPort() : aim.trackerPort();
    }

    /**
     * Does it for so long at most; closes whatever it opened.
     *
     * @return how many bytes it sent, those of the HTTP and WebSocket framing included
     */
    public long run(Aim aim, Source source, int seconds) {
        try (Hands hands = new Hands(source, seconds)) {
            hands.start(() -> deed.commit(aim, hands));
            hands.awaitEnd();
            return hands.sentBytes();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
