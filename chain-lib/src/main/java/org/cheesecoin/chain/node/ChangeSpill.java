package org.cheesecoin.chain.node;

import java.util.List;

/**
 * The write port for what cannot wait for the end of its step: every change of the stack, with the changes told before
 * it. The store that the node was given must answer as if they were written as soon as this returns. They belong to the
 * step under way, before the changes that it returns, and become durable with them or not at all.
 */
@FunctionalInterface
public interface ChangeSpill {

    /** Takes these changes into the step that is under way. */
    void write(List<Change> changes);
}
