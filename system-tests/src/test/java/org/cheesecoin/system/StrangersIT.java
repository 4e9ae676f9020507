package org.cheesecoin.system;

import java.util.List;
import java.util.stream.Stream;

import org.cheesecoin.system.Judge.Verdict;
import org.cheesecoin.system.strangers.Attack;
import org.cheesecoin.system.strangers.Attacks;
import org.cheesecoin.system.strangers.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No stranger can stop it: each attack against a member or the tracker of a running network, then all at once. With
 * {@code -Dstrangers.minutes=10} the last takes so many minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(LogsOnFailure.class)
class StrangersIT {

    private static final int QUICK_SECONDS = 1;
    private static final int SLOW_SECONDS = 2;
    private static final int SHORT_SIEGE_SECONDS = 20;
    private static final int MEMBERS = 3;

    private final Arena arena = new Arena(MEMBERS);

    @AfterAll
    void endAll() {
        arena.close();
    }

    static List<Attack> attacks() {
        return Attacks.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @Order(1)
    void standsAn(Attack attack) {
        assertStands(attack, Source.other(1));
    }

    /**
     * A machine that others use may miss a bar of time once. Such an attack, and no other, is made once more, and both
     * results are printed.
     */
    private void assertStands(Attack attack, Source source) {
        int seconds = switch (attack.pace()) {
            case QUICK -> QUICK_SECONDS;
            case SLOW -> SLOW_SECONDS;
        };
        Verdict verdict = arena.attack(attack, source, seconds);
        if (verdict.isOnlyLate()) {
            Verdict again = arena.attack(attack, source, seconds);
            System.out.println("A bar of time was missed, and the attack made again:\n" + Verdict.heads() + "\n"
                    + verdict.row() + "\n" + again.row());
            verdict = again;
        }
        assertThat(verdict.faults()).isEmpty();
    }

    /** What one address is kept from doing, and many are not. */
    static Stream<Attack> crowds() {
        return Stream.of("2,000 connections that say nothing", "tracker: 2,000 connections that say nothing",
                "63 upgrades a second, silent", "half-sent frames of 2 MB on 64 links").map(Attacks::named);
    }

    @ParameterizedTest(name = "{0}, from many addresses")
    @MethodSource("crowds")
    @Order(2)
    void standsACrowd(Attack attack) {
        assertStands(attack, Source.many());
    }

    /** Behind one Docker bridge the stranger has the address of the tracker and of honest members. */
    @Test
    @Order(3)
    void standsANeighbour() {
        assertStands(Attacks.named("63 upgrades a second, silent"), Source.honest());
    }

    @Test
    @Order(4)
    void standsAllAtOnceWhileHonestPaymentsConfirm() {
        int minutes = Integer.getInteger("strangers.minutes", 0);
        int seconds = minutes == 0 ? SHORT_SIEGE_SECONDS : 60 * minutes;

        SiegeOutcome outcome = Siege.lay(arena.network(), Attacks.all(), seconds);

        System.out.println(outcome.table());
        assertThat(outcome.faults()).isEmpty();
    }
}
