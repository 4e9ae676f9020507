package org.cheesecoin.member.mining;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.mining.NonceSearch;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.BackgroundWork;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches a bounded slice of nonces at each tick, so that a member uses the hash rate that it was given and no more. A
 * new tip or better fees change the template at the next slice, and each slice renews the header's time and target.
 */
public final class Miner implements LoopFollower, BackgroundWork {

    /** How long a slice is, about, in milliseconds. */
    static final long SLICE_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Miner.class);
    private static final byte[] TEXT = "CheeseCoin".getBytes(StandardCharsets.UTF_8);
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long FULL_SPEED_CHUNK = 100_000;
    /** Where there was no template, as while it catches up, it asks again after so long. */
    private static final long ASK_AGAIN_MILLIS = 1_000;
    private static final int FAR_BEHIND_CHEESES = 10;
    private static final long CATCHING_UP_MILLIS = 30_000;

    private record Work(CheeseTemplate template, Cheese cheese) {}

    private final Mailbox mailbox;
    private final PayTo payTo;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HashMeter meter = new HashMeter();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("miner").daemon().factory());

    private volatile MiningOrder order;
    private volatile boolean templateIsStale = true;
    private Optional<Work> work = Optional.empty();
    private long lastAskMillis;
    private long nextNonce;

    Miner(Mailbox mailbox, PayTo payTo, MiningOrder order, InstantSource clock, RandomGenerator random) {
        this.mailbox = mailbox;
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

    /** The owner wants something else, from the next slice on. */
    public void follow(MiningOrder newOrder) {
        order = newOrder;
        templateIsStale = true;
    }

    /** Hashes a second over the last ten seconds. */
    public long hashesPerSecond() {
        return meter.perSecond(clock.millis());
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

    private void slice() {
        try {
            if (order.schedule() == MiningOrder.Schedule.ON) {
                search();
            } else {
                work = Optional.empty();
                templateIsStale = true;
            }
        } catch (CompletionException | CancellationException e) {
            LOG.debug("No template now", e);
        } catch (RuntimeException | Error e) {
            // What a scheduled task throws would end it for ever, without a word.
            LOG.error("A slice of mining failed", e);
        }
    }

    private void search() {
        renewWork();
        if (work.isEmpty()) {
            return;
        }
        long budget = order.hashesPerSecond() * SLICE_MILLIS / MILLIS_PER_SECOND;
        long endMillis = clock.millis() + SLICE_MILLIS;
        do {
            long chunk = order.hashesPerSecond() == 0 ? FULL_SPEED_CHUNK : Math.max(1, budget);
            tryNonces(work.get(), chunk);
        } while (order.hashesPerSecond() == 0
                && work.isPresent()
                && !templateIsStale
                && clock.millis() < endMillis);
    }

    private void tryNonces(Work current, long count) {
        CheeseHeader header = current.template().refreshed(current.cheese().header(), clock.millis());
        Optional<CheeseHeader> found = NonceSearch.search(header, nextNonce, count);
        nextNonce += count;
        meter.add(count, clock.millis());
        if (found.isPresent()) {
            Cheese cheese = new Cheese(found.get(), current.cheese().transactions());
            LOG.info("Mined cheese {} {}", cheese.height(), cheese.smell());
            work = Optional.empty();
            mailbox.handle(new Input.CheeseMined(cheese));
        }
    }

    private void renewWork() {
        boolean isTimeToAskAgain = work.isEmpty() && Math.abs(clock.millis() - lastAskMillis) >= ASK_AGAIN_MILLIS;
        if (!templateIsStale && !isTimeToAskAgain) {
            return;
        }
        templateIsStale = false;
        work = Optional.empty();
        lastAskMillis = clock.millis();
        nextNonce = random.nextLong();
        work = mailbox.call(Miner::template)
                .join()
                .map(template -> new Work(template, template.cheese(payTo.address(), TEXT, clock.millis())));
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
                && access.nowMillis() - lastChangeMillis < CATCHING_UP_MILLIS;
        return catchingUp ? Optional.empty() : Optional.of(access.node().template());
    }

    @Override
    public void end() {
        scheduler.shutdownNow();
    }
}
