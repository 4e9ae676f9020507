package org.cheesecoin.member.explorer;

import java.util.List;

import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.persistence.IndexFollower;
import org.springframework.stereotype.Component;

/** Tells the index of a new tip, so that it need not wait for its next look. */
@Component
class IndexWaker implements LoopFollower {

    private final IndexFollower index;

    IndexWaker(IndexFollower index) {
        this.index = index;
    }

    @Override
    public void released(List<Output> outputs) {
        if (outputs.stream().anyMatch(Output.TipChanged.class::isInstance)) {
            index.wake();
        }
    }
}
