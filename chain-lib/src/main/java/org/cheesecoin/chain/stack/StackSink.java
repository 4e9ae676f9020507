package org.cheesecoin.chain.stack;

/**
 * Takes the steps of the stack as they happen, so that a deep reorganisation never stands in memory as a whole. Once
 * {@link CheeseStack#add} has written a first step it cannot fail any more.
 */
@FunctionalInterface
public interface StackSink {

    /** The step has happened; from now on {@link CheeseStore} must answer accordingly. */
    void write(StackStep step);
}
