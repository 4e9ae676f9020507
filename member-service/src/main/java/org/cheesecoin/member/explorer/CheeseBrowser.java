package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.persistence.ExplorerStore;
import org.cheesecoin.member.persistence.Slice;
import org.cheesecoin.member.persistence.StoredCheese;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads cheeses together with the tip of the same moment. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class CheeseBrowser {

    private final ExplorerStore store;
    private final CheeseReader bodies;

    CheeseBrowser(ExplorerStore store, CheeseReader bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    /** Which cheeses a list has. */
    public enum Branches {
        /** Those of the best branch. */
        BEST,
        /** Those beside it. */
        SIDE,
        /** Both. */
        ALL
    }

    /**
     * A cheese as it stood at one moment.
     *
     * @param stored it
     * @param tipHeight of the best branch then
     */
    public record Seen(StoredCheese stored, int tipHeight) {

        /** How many cheeses of the best branch stand from this one up; 0 beside that branch. */
        public int confirmations() {
            return stored.branch() == StoredCheese.Branch.BEST ? tipHeight - stored.header().height() + 1 : 0;
        }
    }

    /**
     * A cheese with what is in it.
     *
     * @param seen it
     * @param cheese its body
     */
    public record Opened(Seen seen, Cheese cheese) {}

    /** The tip, once the loop has begun. */
    public Optional<Seen> tip() {
        return store.tip().map(it -> new Seen(it, it.header().height()));
    }

    /** The cheese with this smell, on whichever branch. */
    public Optional<Seen> cheese(Smell smell) {
        return store.cheese(smell).map(this::seen);
    }

    /** The cheese at this height on the best branch. */
    public Optional<Seen> cheeseAt(int height) {
        return store.cheeseAt(height).map(this::seen);
    }

    /** The cheese with this smell and its body. */
    public Optional<Opened> open(Smell smell) {
        return cheese(smell).map(seen -> new Opened(seen, bodies.cheese(smell).orElseThrow()));
    }

    /** The encoding of a cheese. */
    public Optional<byte[]> encoded(Smell smell) {
        return bodies.encoded(smell);
    }

    /**
     * Cheeses from the top down.
     *
     * @throws org.cheesecoin.member.persistence.BadCursor if the cursor is not one of this list
     */
    public Slice<Seen> list(Branches branches, Optional<String> cursor, int limit) {
        Slice<StoredCheese> slice = switch (branches) {
            case ALL -> store.cheeses(cursor, limit);
            case BEST -> store.bestCheeses(cursor, limit);
            case SIDE -> store.sideCheeses(cursor, limit);
        };
        int tipHeight = tipHeight();
        List<Seen> seen = slice.items().stream().map(it -> new Seen(it, tipHeight)).toList();
        return new Slice<>(seen, slice.next());
    }

    private Seen seen(StoredCheese stored) {
        return new Seen(stored, tipHeight());
    }

    private int tipHeight() {
        return store.tip().map(it -> it.header().height()).orElse(0);
    }
}
