package org.cheesecoin.system.strangers;

import org.cheesecoin.chain.cheese.Smell;

/**
 * What a stranger knows of the network that it attacks, all of which anybody can learn.
 *
 * @param memberPort where the attacked member listens
 * @param trackerPort where the tracker does
 * @param networkId of the network
 * @param fat the smell of an old cheese that is as long as those come
 * @param fatPayments how many payments are in it
 * @param purse money of the strangers' own
 * @param stillness lets payments wait unmined
 */
public record Aim(
        int memberPort, int trackerPort, Smell networkId, Smell fat, int fatPayments, Purse purse,
        Stillness stillness) {

    /** Stops the mining of the whole network, where an attack needs payments that wait longer than a second. */
    @FunctionalInterface
    public interface Stillness {

        /** From now until it is closed, where this can be done now. */
        Still begin();
    }

    /** A time without mining. */
    public interface Still extends AutoCloseable {
        @Override
        void close();
    }
}
