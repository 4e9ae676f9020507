package org.cheesecoin.chain.node;

import java.util.List;

/**
 * The write port for what is too much to hold: the changes of a deep reorganisation, handed over while its step is still
 * under way. They belong to that step, before the changes that it returns, and become durable with them or not at all.
 */
@FunctionalInterface
public interface ChangeSpill {

    /** Takes these changes into the step that is under way. */
    void write(List<Change> changes);
}
