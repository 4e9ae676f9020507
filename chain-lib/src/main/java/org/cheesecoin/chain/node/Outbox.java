package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.wire.Message;

/** Collects what the step under way comes to, and knows what time it is in it, by both clocks. */
final class Outbox {

    private final ChangeSpill spill;
    private List<Change> changes = new ArrayList<>();
    private List<Output> outputs = new ArrayList<>();
    private Moment now = Moment.of(0);

    Outbox(ChangeSpill spill) {
        this.spill = spill;
    }

    void begin(Moment moment) {
        now = moment;
    }

    Step end() {
        Step step = new Step(changes, outputs);
        changes = new ArrayList<>();
        outputs = new ArrayList<>();
        return step;
    }

    /** The steady time, for all that lasts: nobody sets it back or forward. */
    long nowMillis() {
        return now.steadyMillis();
    }

    /** What the machine's clock shows, for times that are told, kept or shown, and for the times of headers. */
    long clockMillis() {
        return now.clockMillis();
    }

    /** The moment by both clocks. */
    Moment now() {
        return now;
    }

    /**
     * Notes a change. One of the stack is handed to the driver at once, with all that came before it: the stack reads
     * its store while it goes on, as when one step places several cheeses, and must find there what it has told.
     */
    void change(Change change) {
        changes.add(change);
        if (change instanceof Change.OfStack) {
            spill.write(changes);
            changes = new ArrayList<>();
        }
    }

    void output(Output output) {
        outputs.add(output);
    }

    void send(Link link, Message message) {
        if (link.stage != Link.Stage.CLOSING) {
            outputs.add(new Output.Send(link.id(), message));
        }
    }
}
