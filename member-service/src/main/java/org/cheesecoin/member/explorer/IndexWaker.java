package org.cheesecoin.member.explorer;

import java.util.List;

import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.persistence.IndexFollower;
import org.springframework.stereotype.Component;

/** Tells the index of a new tip, so that it need not wait for its next look, and when it is not its turn. */
@Component
class IndexWaker implements LoopFollower {

    /** With so few to go the member is as good as there. */
    private static final int CATCH_UP_CHEESES = 2;

    private final IndexFollower index;

    IndexWaker(IndexFollower index) {
        this.index = index;
    }

    @Override
    public void changed(List<Change> changes, LoopAccess access) {
        int height = access.node().stack().tip().height();
        boolean catchesUp = access.node().goal()
                .filter(goal -> goal.height() - height > CATCH_UP_CHEESES)
                .isPresent();
        if (catchesUp) {
            index.giveWay();
        }
    }

    @Override
    public void released(List<Output> outputs) {
        if (outputs.stream().anyMatch(Output.TipChanged.class::isInstance)) {
            index.wake();
        }
    }
}
