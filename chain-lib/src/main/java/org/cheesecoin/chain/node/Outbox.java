package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.wire.Message;

/** Collects what the step under way comes to, and knows what time it is in it. */
final class Outbox {

    /** More changes than this are handed to the driver while the step goes on. */
    private static final int SPILL_CHANGES = 500;

    private final ChangeSpill spill;
    private List<Change> changes = new ArrayList<>();
    private List<Output> outputs = new ArrayList<>();
    private long nowMillis;

    Outbox(ChangeSpill spill) {
        this.spill = spill;
    }

    void begin(long now) {
        nowMillis = now;
    }

    Step end() {
        Step step = new Step(changes, outputs);
        changes = new ArrayList<>();
        outputs = new ArrayList<>();
        return step;
    }

    long nowMillis() {
        return nowMillis;
    }

    void change(Change change) {
        changes.add(change);
        if (changes.size() > SPILL_CHANGES) {
            spill.write(List.copyOf(changes));
            changes.clear();
        }
    }

    void output(Output output) {
        outputs.add(output);
    }

    void send(Link link, Message message) {
        outputs.add(new Output.Send(link.id(), message));
    }
}
