package org.cheesecoin.system;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.core.ConditionTimeoutException;
import org.cheesecoin.system.Pulse.Beat;
import org.cheesecoin.system.Vitals.Log;
import org.cheesecoin.system.strangers.Attack;
import org.cheesecoin.system.strangers.Attack.Target;
import org.cheesecoin.system.strangers.Source;

import static org.awaitility.Awaitility.await;

/** Lets an attack happen and says what came of it: the same questions after each. */
final class Judge {

    /** How much more may live on a heap after an attack than before: what honest cheeses and payments bring. */
    static final long MAX_HEAP_GROWTH_KB = 6_000;

    /** What a full mempool takes more: its share of the launcher's heap ({@code docs/limits.md}). */
    static final long FULL_MEMPOOL_KB = 21_033_000 / 1_024;

    /** Lines of a log beyond one a second: what a member says of peers that come and go at once, newcomers of this class too. */
    static final long OWN_LINES = 10;

    private static final String CONFIRMS = "an honest payment confirms and the stack grows";
    private static final int CALM_ANSWERS = 3;
    private static final Duration HEAP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofSeconds(3);

    private final AttackedNetwork network;
    private final Map<String, Vitals> before = new HashMap<>();

    Judge(AttackedNetwork network) {
        this.network = network;
    }

    AttackedNetwork network() {
        return network;
    }

    /** Makes the attack from there for so many seconds at most, and judges. */
    Verdict judge(Attack attack, Source source, int seconds) {
        String name = attack.target() == Target.TRACKER ? "tracker" : network.victim().name();
        String path = attack.target() == Target.TRACKER ? network.trackerPath() : "/node";
        int port = attack.port(network.aim(network.victim(), AttackedNetwork::mineNot));
        Vitals earlier = before.computeIfAbsent(name, it -> Vitals.of(network.launcher(), it));
        long startNanos = System.nanoTime();
        long sentBytes;
        Beat beat;
        try (Pulse pulse = Pulse.of(port, path)) {
            sentBytes = attack.run(network.aim(network.victim(), AttackedNetwork::mineNot), source, seconds);
            beat = pulse.beat();
        }
        Confirmation confirmation = new Confirmation(network);
        List<String> broken = broken(() -> isCalm(port, path), attack.target(), confirmation);
        Vitals later = later(name, earlier, maxGrowthKb(attack));
        ask(CONFIRMS, () -> attack.target() == Target.TRACKER || confirmation.isSeen(), broken);
        before.put(name, later);
        return new Verdict(attack.name(), sentBytes, beat, earlier, later, maxGrowthKb(attack), broken,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** What should hold for all members and the tracker and does not. */
    List<String> brokenOfAll() {
        Confirmation confirmation = new Confirmation(network);
        List<String> broken = broken(() -> network.members().stream()
                .allMatch(member -> isCalm(member.port(), "/node")), Target.MEMBER, confirmation);
        ask(CONFIRMS, confirmation::isSeen, broken);
        return broken;
    }

    /**
     * What should hold and does not. Payments and newcomers need no tracker. A payment is made early and asked for last:
     * it takes a cheese.
     */
    private List<String> broken(Callable<Boolean> isCalm, Target attacked, Confirmation confirmation) {
        List<String> broken = new ArrayList<>();
        ask("answers within a second", isCalm, broken);
        if (attacked == Target.MEMBER) {
            ask("an honest payment is taken", confirmation::isPaid, broken);
            ask("a newcomer is welcome", network::welcomesANewcomer, broken);
            ask("events are told", network::tellsEvents, broken);
        }
        ask("honest members are linked", () -> network.members().stream().allMatch(network::isLinked), broken);
        ask("the tracker lists all members", network::areListed, broken);
        return broken;
    }

    private static void ask(String question, Callable<Boolean> holds, List<String> broken) {
        if (!within(broken.isEmpty() ? PATIENCE : IMPATIENCE, holds)) {
            broken.add("not so: " + question);
        }
    }

    private static boolean isCalm(int port, String path) {
        for (int i = 0; i < CALM_ANSWERS; i++) {
            if (Pulse.once(port, path) > Pulse.MAX_ANSWER_MILLIS) {
                return false;
            }
        }
        return true;
    }

    /** A payment that the victim is given once, and that another member has confirmed in the end. */
    private static final class Confirmation {

        private final AttackedNetwork network;
        private String txid = "";

        Confirmation(AttackedNetwork network) {
            this.network = network;
        }

        boolean isPaid() {
            if (txid.isEmpty()) {
                txid = network.pay(network.victim());
            }
            return true;
        }

        boolean isSeen() {
            return isPaid() && network.witness().stateOf(txid).equals("confirmed");
        }
    }

    static boolean within(Duration most, Callable<Boolean> question) {
        try {
            await().atMost(most).pollInterval(100, TimeUnit.MILLISECONDS).until(() -> holds(question));
            return true;
        } catch (ConditionTimeoutException _) {
            return false;
        }
    }

    private static boolean holds(Callable<Boolean> question) throws Exception {
        try {
            return question.call();
        } catch (IOException | RuntimeException | AssertionError _) {
            // who does not answer, or with another status, does not hold
            return false;
        }
    }

    /** The heap is looked at again where much lives: what was closed a moment ago may not be let go yet. */
    private Vitals later(String name, Vitals earlier, long maxGrowthKb) {
        AtomicReference<Vitals> later = new AtomicReference<>(Vitals.of(network.launcher(), name));
        boolean _ = isHeapAsBefore(earlier, later.get(), maxGrowthKb) || within(HEAP_PATIENCE, () -> {
            later.set(Vitals.of(network.launcher(), name));
            return isHeapAsBefore(earlier, later.get(), maxGrowthKb);
        });
        return later.get();
    }

    private static long maxGrowthKb(Attack attack) {
        return switch (attack.leaves()) {
            case NOTHING -> MAX_HEAP_GROWTH_KB;
            case A_FULL_MEMPOOL -> MAX_HEAP_GROWTH_KB + FULL_MEMPOOL_KB;
        };
    }

    private static boolean isHeapAsBefore(Vitals before, Vitals after, long maxGrowthKb) {
        return after.liveHeapKb() <= before.liveHeapKb() + maxGrowthKb;
    }

    /**
     * What came of an attack.
     *
     * @param attack its name
     * @param sentBytes how much the stranger sent
     * @param beat how the attacked service answered an honest caller meanwhile
     * @param before what its process held before
     * @param after and after
     * @param maxGrowthKb how much more may live on its heap
     * @param broken which questions were not answered well
     * @param took from the beginning of the attack to the end of the questions
     */
    record Verdict(
            String attack, long sentBytes, Beat beat, Vitals before, Vitals after, long maxGrowthKb,
            List<String> broken, Duration took) {

        /** What is not as it was with the process and the network, and stays so: the next attack takes a fresh network. */
        List<String> wounds() {
            return damage(MAX_HEAP_GROWTH_KB);
        }

        private List<String> damage(long maxHeapGrowthKb) {
            List<String> faults = new ArrayList<>(broken);
            if (after.pid() == 0) {
                faults.add("the process is gone");
            } else if (after.pid() != before.pid()) {
                faults.add("the process is another one");
            } else if (!isHeapAsBefore(before, after, maxHeapGrowthKb)) {
                faults.add("%d KB live on the heap, before %d KB".formatted(after.liveHeapKb(), before.liveHeapKb()));
            }
            return faults;
        }

        /** Everything that is not as it should be. */
        List<String> faults() {
            List<String> faults = damage(maxGrowthKb);
            Log log = log();
            if (log.lines() > took.toSeconds() + OWN_LINES) {
                faults.add("%d lines in the log in %d s".formatted(log.lines(), took.toSeconds()));
            }
            if (log.errors() > 0) {
                faults.add("%d lines of errors in the log".formatted(log.errors()));
            }
            return faults;
        }

        /**
         * Whether only what has a bar of time is not as it should be: an answer, or the lines of the log for each second.
         */
        boolean isOnlyLate() {
            return !faults().isEmpty() && after.pid() == before.pid() && isHeapAsBefore(before, after, maxGrowthKb)
                    && log().errors() == 0;
        }

        /** What was written to the log meanwhile. */
        Log log() {
            return after.log().since(before.log());
        }

        /** The heads of {@link #row}. */
        static String heads() {
            return """
                    | attack | sent, KB | median, ms | worst, ms | late calls | live heap, KB | resident, MB | log, lines | log, KB | what is wrong |
                    |---|---|---|---|---|---|---|---|---|---|""";
        }

        /** A line of a table. */
        String row() {
            return "| %s | %d | %d | %d | %d | %d → %d | %d → %d | %d | %d | %s |".formatted(attack, sentBytes / 1_000,
                    beat.medianMillis(), beat.worstMillis(), beat.late(), before.liveHeapKb(), after.liveHeapKb(),
                    before.residentKb() / 1_000, after.residentKb() / 1_000, log().lines(), log().bytes() / 1_000,
                    String.join("; ", faults()));
        }
    }
}
