package org.cheesecoin.member.node;

/** Whoever measures the stand-alone checks of cheeses. */
@FunctionalInterface
public interface CheckMeter {

    /** The check of a cheese took so long. Called on the thread that did it. */
    void checked(long nanos);
}
