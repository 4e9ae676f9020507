package org.cheesecoin.member.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Ban;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.ChangeSpill;
import org.cheesecoin.chain.node.KnownPeer;
import org.cheesecoin.chain.node.Memory;
import org.cheesecoin.chain.stack.CheeseStore;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.wire.GossipUrl;

/**
 * The loop's store, for one thread. Changes are merged in memory until {@link #commit}, and reads see them at once; what
 * grows too large is written before, into the same open transaction. After a {@link StoreFailure} it must be closed, and
 * opened again from {@link MemberDatabase}.
 */
public final class StackStore implements CheeseStore, ChangeSpill, AutoCloseable {

    /** Something that another room writes in the loop's transaction, as the wallet. */
    @FunctionalInterface
    public interface Companion {

        /** Writes on the loop's connection; commits nothing itself. */
        void write(Connection connection) throws SQLException;
    }

    /** Changes of so many bytes are written in about two seconds, for which the loop does nothing else. */
    private static final long MOST_CHANGES_BYTES = 64_000_000;

    private final Session session;
    private final DatabaseKind kind;
    private final long maxHeldBytes;
    private final StackTables tables;
    private final CoinTable coinTable;
    private final MemoryTables memoryTables;
    private final PendingStack.CheeseIds ids;
    private final CommitMarks marks;
    private StackedHeader committedTip;
    private StackedHeader tip;
    private PendingStack stack;
    private PendingMemory memory = new PendingMemory();
    private boolean dirty;
    /** What the mempool takes. */
    private long waitingBytes;

    private StackStore(Session session, DatabaseKind kind, long maxHeldBytes, StackTables tables, StackedHeader tip,
            CommitMarks marks) {
        this.session = session;
        this.kind = kind;
        this.maxHeldBytes = maxHeldBytes;
        this.tables = tables;
        this.coinTable = new CoinTable(session);
        this.memoryTables = new MemoryTables(session);
        this.ids = new PendingStack.CheeseIds(tables);
        this.marks = marks;
        this.committedTip = tip;
        this.tip = tip;
        this.stack = PendingStack.over(tip);
    }

    /**
     * Opens the store of this network; a new database gets its Blue Cheese. One that went back is said to have done so.
     *
     * @throws UnusableDatabase if it is another network's, if another member writes into it, or if its mark is damaged
     */
    static StackStore open(
            Session session, DatabaseKind kind, long maxHeldBytes, Network network, MarkBeside beside) {
        kind.prepare(session);
        StackTables tables = new StackTables(session);
        Optional<StackedHeader> tip = NetworkGuard.check(session, network).flatMap(_ -> tables.tip());
        CommitMarks marks = CommitMarks.open(beside, session, network, tip.orElseGet(network::root));
        StackStore store = new StackStore(session, kind, maxHeldBytes, tables, tip.orElseGet(network::root), marks);
        if (tip.isEmpty()) {
            NetworkGuard.claim(session, network);
            store.begin(network);
        } else if (marks.found() == CommitMarks.Found.TO_BE_WRITTEN) {
            store.commitNow(List.of());
        }
        return store;
    }

    private void begin(Network network) {
        StackedHeader root = network.root();
        stack = PendingStack.overEmptyTables();
        apply(List.of(
                new Change.OfStack(new StackStep.Stored(root, network.blueCheese())),
                new Change.OfStack(
                        new StackStep.Connected(root, network.blueCheese(), CheeseRules.blueCheese(network)))));
        commit();
    }

    /** Takes changes in, to be seen at once and durable after the next {@link #commit}. */
    public void apply(List<Change> changes) {
        for (Change change : changes) {
            dirty = true;
            switch (change) {
                case Change.OfStack(StackStep step) -> apply(step);
                case Change.OfMempool(MempoolStep step) -> apply(step);
                case Change.PeerKept(KnownPeer peer) -> memory.keep(peer);
                case Change.PeerForgotten(GossipUrl url) -> memory.forget(url);
                case Change.BanKept(Ban ban) -> memory.keep(ban);
                case Change.BanForgotten(String nodeIdHex, String address) -> memory.forgetBan(nodeIdHex, address);
            }
            // A member that joins has an empty mempool and many changes; one that is besieged the other way round.
            if (heldBytes() > roomBytes()) {
                relieve();
            }
        }
    }

    @Override
    public void write(List<Change> changes) {
        apply(changes);
    }

    private void apply(StackStep step) {
        switch (step) {
            case StackStep.Connected connected -> tip = connected.header();
            case StackStep.Disconnected disconnected -> tip = header(disconnected.header().header().parentSmell())
                    .orElseThrow(() -> new StoreFailure("no parent of " + disconnected.header().smell()));
            case StackStep.Stored _,StackStep.Condemned _ -> {
            }
        }
        stack.apply(step);
    }

    private void apply(MempoolStep step) {
        waitingBytes += switch (step) {
            case MempoolStep.Admitted admitted -> MempoolEntry.memoryBytes(admitted.payment());
            case MempoolStep.Removed removed -> -MempoolEntry.memoryBytes(removed.payment());
        };
        memory.apply(step);
    }

    private long roomBytes() {
        return Math.min(MOST_CHANGES_BYTES, maxHeldBytes - waitingBytes);
    }

    private long heldBytes() {
        return stack.cheeseBytes() + stack.coinBytes() + memory.heldBytes();
    }

    /**
     * Makes room. Coins are held as long as they can be, since one that is spent before it was written costs no row; a
     * cheese costs the same now and later.
     */
    private void relieve() {
        stack.writeCheeses(tables, ids);
        ids.forget();
        memory.write(memoryTables);
        if (stack.coinBytes() > roomBytes() / 2) {
            stack.writeCoins(coinTable);
        }
    }

    /** Writes all that is held in memory into the open transaction. */
    public void spill() {
        stack.writeCheeses(tables, ids);
        ids.forget();
        stack.writeCoins(coinTable);
        memory.write(memoryTables);
    }

    /**
     * Makes everything durable that was applied: when it returns, it survives the end of the process. Where nothing was, it
     * lets go of what was read.
     */
    public void commit() {
        commit(List.of());
    }

    /** As {@link #commit()}, with what others write, in one transaction. */
    public void commit(List<Companion> companions) {
        if (dirty || !companions.isEmpty()) {
            commitNow(companions);
        } else {
            session.endReading();
        }
    }

    private void commitNow(List<Companion> companions) {
        spill();
        for (Companion companion : companions) {
            try {
                companion.write(session.connection());
            } catch (SQLException e) {
                throw new StoreFailure("cannot write for another room", e);
            }
        }
        marks.count();
        session.commit();
        kind.flush(session);
        marks.committed(tip);
        committedTip = tip;
        dirty = false;
    }

    /** Takes back everything since the last {@link #commit}. */
    public void rollback() {
        session.rollback();
        tip = committedTip;
        stack = PendingStack.over(tip);
        memory = new PendingMemory();
        dirty = false;
    }

    /**
     * What was committed of mempool, peers and bans.
     *
     * @param nowMillis the clock: bans that ended before are forgotten
     */
    public Memory loadMemory(long nowMillis) {
        Memory loaded = memoryTables.load(nowMillis);
        session.commit();
        waitingBytes = loaded.pending().stream().mapToLong(MempoolEntry::memoryBytes).sum();
        return loaded;
    }

    @Override
    public StackedHeader tip() {
        return tip;
    }

    @Override
    public Optional<StackedHeader> header(Smell smell) {
        if (stack.isCondemned(smell)) {
            return Optional.empty();
        }
        return stack.header(smell).or(() -> tables.header(smell));
    }

    @Override
    public Optional<StackedHeader> headerAt(int height) {
        return headersFrom(height, 1).stream().filter(it -> it.height() == height).findFirst();
    }

    @Override
    public List<StackedHeader> headersFrom(int fromHeight, int limit) {
        int from = Math.max(0, fromHeight);
        int to = (int) Math.min((long) from + limit, tip.height() + 1L);
        List<StackedHeader> headers = new ArrayList<>();
        if (from < Math.min(to, stack.bestFrom())) {
            headers.addAll(tables.bestHeaders(from, Math.min(to, stack.bestFrom()) - 1));
        }
        int pendingFrom = Math.max(from, stack.bestFrom());
        if (pendingFrom < to) {
            headers.addAll(stack.best().subList(pendingFrom - stack.bestFrom(), to - stack.bestFrom()));
        }
        return List.copyOf(headers);
    }

    @Override
    public Optional<Cheese> cheese(Smell smell) {
        if (stack.isCondemned(smell)) {
            return Optional.empty();
        }
        return stack.cheese(smell).or(() -> tables.id(smell)
                .flatMap(tables::body)
                .map(bytes -> session.asWritten(() -> Cheese.decode(bytes).orElseThrow())));
    }

    @Override
    public List<PlacedCoin> spentBy(Smell smell) {
        return stack.undo(smell)
                .or(() -> tables.id(smell).map(tables::spent))
                .orElse(List.of());
    }

    @Override
    public List<PlacedCoin> coins(List<OutPoint> outPoints) {
        return stack.coins(outPoints, coinTable);
    }

    @Override
    public Optional<Coin> coin(OutPoint outPoint) {
        return stack.coin(outPoint)
                .map(PendingCoins.Difference::now)
                .orElseGet(() -> coinTable.coin(outPoint));
    }

    /** The loop's connection, for what another room reads in the loop. */
    public Connection connection() {
        return session.connection();
    }

    /** Takes back what is not committed and gives the connection back. */
    @Override
    public void close() {
        try (session) {
            session.rollback();
        }
    }
}
