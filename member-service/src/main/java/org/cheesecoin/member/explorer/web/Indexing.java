package org.cheesecoin.member.explorer.web;

import org.cheesecoin.member.explorer.AddressBrowser;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Refusal;

/** What is answered where the index cannot. */
final class Indexing {

    private static final long RETRY_AFTER_SECONDS = 2;

    private Indexing() {}

    /** Goes on only where the owner wants an index. */
    static void requireOn(AddressBrowser browser) {
        if (browser.index() == AddressBrowser.Index.OFF) {
            throw off();
        }
    }

    private static Refusal off() {
        return new Refusal(Problem.INDEX_OFF, "The owner of this member switched it off: start the member with "
                + "cheesecoin.index.enabled=true, and the index follows the stack from where it stopped");
    }

    /** Goes on only with an index. */
    static void require(AddressBrowser browser) {
        switch (browser.index()) {
            case READY -> {}
            case OFF -> throw off();
            case EMPTY -> throw Refusal.retryLater(Problem.NOT_READY, "The index has not begun yet",
                    RETRY_AFTER_SECONDS);
        }
    }
}
