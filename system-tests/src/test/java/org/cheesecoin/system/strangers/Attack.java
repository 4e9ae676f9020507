package org.cheesecoin.system.strangers;

import java.io.IOException;

/**
 * Something that a stranger does, without a token and for a few seconds.
 *
 * @param name what it is called in tables and failures
 * @param target which service it is aimed at
 * @param deed what is done
 */
public record Attack(String name, Target target, Deed deed) {

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
        return new Attack(name, Target.MEMBER, deed);
    }

    static Attack onTracker(String name, Deed deed) {
        return new Attack(name, Target.TRACKER, deed);
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
