package org.cheesecoin.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.cheesecoin.system.Pulse.Beat;
import org.cheesecoin.system.SiegeOutcome.Besieged;
import org.cheesecoin.system.strangers.Attack;
import org.cheesecoin.system.strangers.Source;

/**
 * All attacks at once and without a pause, each from an address of its own, spread over all members and the tracker, while
 * honest ones pay. Nobody stops the mining here.
 */
final class Siege {

    /** How often an honest payment is made. */
    private static final long PAYMENT_MILLIS = 2_000;

    /** How long all that was paid may take to be confirmed everywhere, once the strangers have left. */
    private static final Duration LAST_PAYMENT = Duration.ofSeconds(60);

    /** How long a stranger keeps at one member, before it goes to the next. */
    private static final int ROUND_SECONDS = 10;

    private final AttackedNetwork network;
    private final List<Attack> attacks;
    private final int seconds;
    private final long endNanos;
    private final Queue<String> txids = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusedPayments = new AtomicInteger();
    private final AtomicInteger payments = new AtomicInteger();

    private Siege(AttackedNetwork network, List<Attack> attacks, int seconds) {
        this.network = network;
        this.attacks = attacks;
        this.seconds = seconds;
        this.endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Lays it for so long, and says what came of it. */
    static SiegeOutcome lay(AttackedNetwork network, List<Attack> attacks, int seconds) {
        Map<String, Vitals> before = vitals(network);
        int height = network.witness().tip().height();
        Siege siege = new Siege(network, attacks, seconds);
        Map<String, Beat> beats = siege.attackWhileHonestOnesPay();
        int grown = network.witness().tip().height() - height;
        return siege.outcome(before, beats, grown);
    }

    private static Map<String, Vitals> vitals(AttackedNetwork network) {
        Map<String, Vitals> vitals = new LinkedHashMap<>();
        network.names().forEach(name -> vitals.put(name, Vitals.of(network.launcher(), name)));
        return vitals;
    }

    private Map<String, Beat> attackWhileHonestOnesPay() {
        Map<String, Pulse> pulses = new LinkedHashMap<>();
        pulses.put("tracker", network.pulseOfTracker());
        network.members().forEach(member -> pulses.put(member.name(), Pulse.of(member.port(), "/node")));
        Map<String, Beat> beats = new LinkedHashMap<>();
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor();
                ScheduledExecutorService honest = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < attacks.size(); i++) {
                int number = i;
                var _ = strangers.submit(() -> attackAllInTurn(number));
            }
            var _ = honest.scheduleAtFixedRate(this::pay, 0, PAYMENT_MILLIS, TimeUnit.MILLISECONDS);
            strangers.shutdown();
            boolean _ = strangers.awaitTermination(2L * seconds + ROUND_SECONDS, TimeUnit.SECONDS);
            pulses.forEach((name, pulse) -> beats.put(name, pulse.beat()));
            honest.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pulses.values().forEach(Pulse::close);
        }
        return beats;
    }

    private void attackAllInTurn(int number) {
        List<Member> members = network.members();
        for (int round = 0; leftSeconds() > 0; round++) {
            Member member = members.get((number + round) % members.size());
            long _ = attacks.get(number).run(network.aim(member, AttackedNetwork::mineOn), Source.other(number),
                    (int) Math.min(leftSeconds(), ROUND_SECONDS));
        }
    }

    private long leftSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(endNanos - System.nanoTime());
    }

    private void pay() {
        try {
            txids.add(network.pay(network.members().get(payments.getAndIncrement() % network.members().size())));
        } catch (RuntimeException | AssertionError _) {
            refusedPayments.incrementAndGet();
        }
    }

    private SiegeOutcome outcome(Map<String, Vitals> before, Map<String, Beat> beats, int grown) {
        List<String> waiting = new ArrayList<>(txids);
        boolean _ = Judge.within(LAST_PAYMENT, () -> {
            waiting.removeIf(this::isConfirmedEverywhere);
            return waiting.isEmpty();
        });
        List<String> broken = new Judge(network).brokenOfAll();
        Map<String, Vitals> after = vitals(network);
        List<Besieged> besieged = network.names().stream()
                .map(name -> new Besieged(name, beats.get(name), before.get(name), after.get(name)))
                .toList();
        return new SiegeOutcome(seconds, besieged, txids.size(), refusedPayments.get(), txids.size() - waiting.size(),
                grown, broken);
    }

    private boolean isConfirmedEverywhere(String txid) {
        return network.members().stream().allMatch(member -> member.stateOf(txid).equals("confirmed"));
    }
}
