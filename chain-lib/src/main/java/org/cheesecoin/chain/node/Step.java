package org.cheesecoin.chain.node;

import java.util.List;

/**
 * What one input comes to.
 *
 * @param changes to be made durable, in this order, all or none
 * @param outputs to be done after that, in this order
 */
public record Step(List<Change> changes, List<Output> outputs) {

    public Step {
        changes = List.copyOf(changes);
        outputs = List.copyOf(outputs);
    }
}
