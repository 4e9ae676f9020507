package org.cheesecoin.member.mining;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.mining.NonceSearch;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.BackgroundWork;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.node.MemberClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches a slice of nonces at each tick, so that a member uses the hash rate that it was given and no more. A slice ends
 * by the steady clock, whatever was wished; a new tip or better fees change the template at the next slice, and each chunk
 * of nonces renews the header's time and target.
 */
public final class Miner implements LoopFollower, BackgroundWork {

    /** How long a slice is at most, and about how long the pause after it, in milliseconds. */
    static final long SLICE_MILLIS = 100;

    /**
     * How long a chunk of nonces takes, about, in milliseconds: so soon a slice notices that its time is over, that the
     * owner wants something else, or that there is a new tip.
     */
    static final long CHUNK_MILLIS = 10;

    /** The first chunk, before it is known how fast this machine is: a few milliseconds of the slowest. */
    private static final long FIRST_CHUNK_NONCES = 2_000;

    /** No chunk is larger, where the clock says that the last one took no time. */
    private static final long MAX_CHUNK_NONCES = 20_000_000;

    /** Whoever switches it off waits so long for the slice that runs, in milliseconds: for a commit on a busy disk. */
    static final long OFF_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Miner.class);
    private static final byte[] TEXT = "CheeseCoin".getBytes(StandardCharsets.UTF_8);
    private static final long MILLIS_PER_SECOND = 1_000;
    /** Where there was no template, as while it catches up, it asks again after so long. */
    private static final long ASK_AGAIN_MILLIS = 1_000;
    private static final int FAR_BEHIND_CHEESES = 10;
    private static final long CATCHING_UP_MILLIS = 30_000;

    private record Work(CheeseTemplate template, Cheese cheese) {}

    private final Mailbox mailbox;
    private final HandIn handIn;
    private final PayTo payTo;
    private final MemberClock clock;
    private final RandomGenerator random;
    private final HashMeter meter = new HashMeter();
    /** Held by a slice until what it found is on the stack or refused. */
    private final ReentrantLock sliceUnderWay = new ReentrantLock(true);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("miner").daemon().factory());

    private volatile MiningOrder order;
    private volatile boolean templateIsStale = true;
    private volatile Optional<Violation> waitsFor = Optional.empty();
    private Optional<Work> work = Optional.empty();
    private long lastAskMillis;
    private long nextNonce;
    private long chunkNonces = FIRST_CHUNK_NONCES;

    Miner(Mailbox mailbox, HandIn handIn, PayTo payTo, MiningOrder order, MemberClock clock, RandomGenerator random) {
        this.mailbox = mailbox;
        this.handIn = handIn;
        this.payTo = payTo;
        this.order = order;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void begin() {
        scheduler.scheduleWithFixedDelay(this::slice, SLICE_MILLIS, SLICE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What the owner wants. */
    public MiningOrder order() {
        return order;
    }

    /**
     * The owner wants something else, from the next chunk of nonces on. Whoever switches it off waits until nothing that it
     * found can come any more.
     *
     * @throws TimeoutException the loop has not answered; nothing is searched any more, but what it took before may come
     */
    public void follow(MiningOrder newOrder) throws TimeoutException {
        order = newOrder;
        templateIsStale = true;
        if (newOrder.schedule() == MiningOrder.Schedule.OFF) {
            handIn.withdrawAll();
            Waiting.forTheEndOf(sliceUnderWay, OFF_MILLIS);
            handIn.awaitDecided(OFF_MILLIS);
        }
    }

    /** Why it searches nothing though it is on: what stands against any cheese of now. */
    public Optional<Violation> waitsFor() {
        return isOn() ? waitsFor : Optional.empty();
    }

    /** Hashes a second over the last ten seconds. */
    public long hashesPerSecond() {
        return meter.perSecond(clock.steadyMillis());
    }

    /** Hashes since the start. */
    public long totalHashes() {
        return meter.total();
    }

    @Override
    public void started(LoopAccess access) {
        templateIsStale = true;
    }

    @Override
    public void released(List<Output> outputs) {
        if (outputs.stream().anyMatch(Output.TemplateChanged.class::isInstance)) {
            templateIsStale = true;
        }
    }

    /** One slice, as the schedule calls it. */
    void slice() {
        sliceUnderWay.lock();
        try {
            if (isOn()) {
                search();
            } else {
                work = Optional.empty();
                templateIsStale = true;
            }
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("The loop does not answer now", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // What a scheduled task throws would end it for ever, without a word.
            LOG.error("A slice of mining failed", e);
        } finally {
            sliceUnderWay.unlock();
        }
    }

    private boolean isOn() {
        return order.schedule() == MiningOrder.Schedule.ON;
    }

    private void search() throws InterruptedException, ExecutionException, TimeoutException {
        long endMillis = clock.steadyMillis() + SLICE_MILLIS;
        renewWork();
        waitsFor = work.flatMap(it -> HeaderRules.tooEarlyAbove(it.template().parent(), clock.clockMillis()));
        if (waitsFor.isPresent()) {
            return;
        }
        long wished = order.hashesPerSecond();
        long left = wished == 0 ? Long.MAX_VALUE : Math.max(1, wished * SLICE_MILLIS / MILLIS_PER_SECOND);
        while (left > 0 && work.isPresent() && isOn() && !templateIsStale && clock.steadyMillis() < endMillis) {
            left -= tryNonces(work.get(), Math.min(left, chunkNonces));
        }
    }

    /** Answers how many it tried: fewer where one of them fits. */
    private long tryNonces(Work current, long count) throws InterruptedException {
        CheeseHeader header = current.template().refreshed(current.cheese().header(), clock.clockMillis());
        long beginMillis = clock.steadyMillis();
        Optional<CheeseHeader> found = NonceSearch.search(header, nextNonce, count);
        long endMillis = clock.steadyMillis();
        long tried = found.map(it -> it.nonce() - nextNonce + 1).orElse(count);
        nextNonce += tried;
        meter.add(tried, endMillis);
        if (found.isPresent()) {
            work = Optional.empty();
            handIn(new Cheese(found.get(), current.cheese().transactions()));
        } else if (count == chunkNonces) {
            chunkNonces = Math.clamp(chunkNonces * CHUNK_MILLIS / Math.max(1, endMillis - beginMillis),
                    FIRST_CHUNK_NONCES, MAX_CHUNK_NONCES);
        }
        return tried;
    }

    /** What was found while the owner switched it off is let go. */
    private void handIn(Cheese cheese) throws InterruptedException {
        if (!isOn()) {
            return;
        }
        switch (handIn.give(cheese, OFF_MILLIS)) {
            case HandIn.Fate.LetGo(),HandIn.Fate.Undecided() -> LOG.debug("Nothing has come of cheese {} {} yet",
                    cheese.height(), cheese.smell());
            case HandIn.Fate.Tip() -> LOG.info("Mined cheese {} {}", cheese.height(), cheese.smell());
            case HandIn.Fate.Beaten() -> LOG.info("Mined cheese {} {}, after another that came first", cheese.height(),
                    cheese.smell());
            case HandIn.Fate.Refused(Violation violation) -> LOG.warn("Mined cheese {} {} was refused: {}",
                    cheese.height(), cheese.smell(), violation.message());
        }
    }

    private void renewWork() throws InterruptedException, ExecutionException, TimeoutException {
        long nowMillis = clock.steadyMillis();
        boolean isTimeToAskAgain = work.isEmpty() && nowMillis - lastAskMillis >= ASK_AGAIN_MILLIS;
        if (!templateIsStale && !isTimeToAskAgain) {
            return;
        }
        templateIsStale = false;
        work = Optional.empty();
        lastAskMillis = nowMillis;
        nextNonce = random.nextLong();
        work = mailbox.call(Miner::template)
                .get(OFF_MILLIS, TimeUnit.MILLISECONDS)
                .map(template -> new Work(template, template.cheese(payTo.address(), TEXT, clock.clockMillis())));
    }

    /** None while the member catches up: what it would mine now nobody would keep. */
    static Optional<CheeseTemplate> template(LoopAccess access) {
        int tipHeight = access.node().stack().tip().height();
        long lastChangeMillis = access.node().status().lastTipChangeMillis();
        boolean catchingUp = access.node()
                .goal()
                .map(StackedHeader::height)
                .filter(goal -> goal - tipHeight > FAR_BEHIND_CHEESES)
                .isPresent()
                && access.steadyMillis() - lastChangeMillis < CATCHING_UP_MILLIS;
        return catchingUp ? Optional.empty() : Optional.of(access.node().template());
    }

    @Override
    public void end() {
        scheduler.shutdownNow();
    }
}
