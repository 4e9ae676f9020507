package org.cheesecoin.member.persistence;

import java.util.Optional;
import java.util.UUID;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the commits of the loop in the database and, where there is a data folder, in the mark beside it: first in the
 * transaction itself, then, when that is durable, in the mark. So a database that is opened with fewer commits than its
 * mark has lost some that were acknowledged. One for each opened store.
 */
final class CommitMarks {

    private static final Logger LOG = LoggerFactory.getLogger(CommitMarks.class);

    private static final String KEPT = "This member keeps the orders and addresses of wallet.journal";
    private static final String FETCHED = ", fetches what is missing from its peers, and pays no new order until it is there. "
            + "Cheeses that only this member had are lost: to keep them, stop it now and restore the newer copy";

    private final MarkBeside beside;
    private final Session session;
    private final Smell networkId;
    private final UUID run;
    private long commits;
    private final Found found;
    private StackMark.Place best;

    private record Row(UUID run, long commits) {}

    /** What opening found. */
    enum Found {
        /** All as it was left. */
        CURRENT,
        /** There is something to write at once. */
        TO_BE_WRITTEN
    }

    private CommitMarks(MarkBeside beside, Session session, Network network, Row row, StackMark.Place best,
            Found found) {
        this.beside = beside;
        this.session = session;
        this.networkId = network.id();
        this.run = row.run();
        this.commits = row.commits();
        this.best = best;
        this.found = found;
    }

    /**
     * Holds the database against its mark.
     *
     * @param tip the database's
     * @throws UnusableDatabase if the mark is damaged, or another network's
     */
    static CommitMarks open(MarkBeside beside, Session session, Network network, StackedHeader tip) {
        Optional<StackMark> mark = beside.read();
        mark.filter(it -> !it.networkId().equals(network.id())).ifPresent(it -> {
            throw UnusableDatabase.untilMended(("%s is of another network (%s): choose another data folder, or move it "
                    + "and wallet.journal away").formatted(beside.place(), it.networkId()));
        });
        Optional<Row> known = session.first("SELECT run_id, commits FROM stack_run WHERE id = 1",
                it -> new Row(UUID.fromString(it.getString(1)), it.getLong(2)));
        Row row = known.orElseGet(() -> new Row(UUID.randomUUID(), 0));
        if (known.isEmpty()) {
            session.update("INSERT INTO stack_run (id, run_id, commits) VALUES (1, ?, 0)", row.run().toString());
        }
        StackMark.Place here = StackMark.Place.of(tip);
        StackMark.Place best = mark.map(it -> here.orHigher(it.best())).orElse(here);
        beside.setWentBack(Optional.of(new WentBack(tip.height(), best.height(), best.work()))
                .filter(it -> !it.isMadeUpBy(tip)));
        boolean isBehind = mark.filter(it -> !it.run().equals(row.run()) || it.commits() > row.commits()).isPresent();
        if (isBehind) {
            warn(mark.orElseThrow(), row, here, beside.wentBack().map(_ -> KEPT + FETCHED).orElse(KEPT));
            // More than either has seen, so that the copy that is newer now counts as older later.
            long beyond = Math.max(mark.orElseThrow().commits(), row.commits());
            return new CommitMarks(beside, session, network, new Row(row.run(), beyond), best, Found.TO_BE_WRITTEN);
        }
        beside.wentBack()
                .ifPresent(it -> LOG.warn("The database went back before, and is still at height {} of {}. {}.",
                        it.height(), it.markHeight(), KEPT + FETCHED));
        return new CommitMarks(beside, session, network, row, best,
                known.isEmpty() || mark.isEmpty() ? Found.TO_BE_WRITTEN : Found.CURRENT);
    }

    private static void warn(StackMark mark, Row row, StackMark.Place here, String whatNow) {
        String what = mark.run().equals(row.run())
                ? "It was restored from an older copy, or its file was cut (%d of %d commits are there)".formatted(
                        row.commits(), mark.commits())
                : "It is another one than the mark was made for: new, or put in its place";
        LOG.warn(
                "The database went back: it has height {}, and stack.mark says that {} was reached, and that the last tip was"
                        + " {} at height {}. {}. {}.",
                here.height(), mark.best().height(), mark.tip().smell(), mark.tip().height(),
                what, whatNow);
    }

    Found found() {
        return found;
    }

    /** Counts one more, in the transaction that is about to be committed. */
    void count() {
        commits++;
        session.update("UPDATE stack_run SET commits = ? WHERE id = 1", commits);
    }

    /** The transaction is durable: so is the mark when this returns. */
    void committed(StackedHeader tip) {
        StackMark.Place here = StackMark.Place.of(tip);
        best = here.orHigher(best);
        beside.write(new StackMark(networkId, run, commits, here, best));
        beside.wentBack().filter(it -> it.isMadeUpBy(tip)).ifPresent(it -> {
            LOG.info("The stack has as much work again as before its database went back (height {})", tip.height());
            beside.setWentBack(Optional.empty());
        });
    }
}
