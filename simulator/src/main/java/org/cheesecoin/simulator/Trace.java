package org.cheesecoin.simulator;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Step;

/** One number for a whole history, so that two runs of a seed can be compared. */
final class Trace {

    private static final long PRIME = 0x100000001b3L;

    private long hash = 0xcbf29ce484222325L;
    private long events;

    void add(long atMillis, int member, Input input, Step step) {
        events++;
        mix(atMillis);
        mix(member);
        mix(input.getClass().getSimpleName().hashCode());
        if (input instanceof Input.MessageReceived(var link, var message, int sizeBytes)) {
            mix(link.number());
            mix(message.getClass().getSimpleName().hashCode());
            mix(sizeBytes);
        }
        mix(step.changes().size());
        step.outputs().forEach(output -> mix(output.getClass().getSimpleName().hashCode()));
    }

    private void mix(long value) {
        hash = (hash ^ value) * PRIME;
    }

    long hash() {
        return hash;
    }

    long events() {
        return events;
    }
}
