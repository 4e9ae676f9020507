package org.cheesecoin.member.explorer.web;

import org.cheesecoin.member.explorer.AddressBrowser;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Refusal;

/** What is answered where the index cannot. */
final class Indexing {

    private static final long RETRY_AFTER_SECONDS = 2;

    private Indexing() {}

    /** Goes on only with an index. */
    static void require(AddressBrowser browser) {
        switch (browser.index()) {
            case READY -> {}
            case OFF -> throw new Refusal(Problem.INDEX_OFF,
                    "The owner of this member switched it off: cheesecoin.index.enabled=true brings it back");
            case EMPTY -> throw Refusal.retryLater(Problem.NOT_READY, "The index has not begun yet",
                    RETRY_AFTER_SECONDS);
        }
    }
}
