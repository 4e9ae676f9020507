package org.cheesecoin.chain.consensus;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Something valid with exactly one thing broken is refused by exactly that rule. */
class EveryRuleTest {

    /**
     * Rules that need more than a parent and coins, by where they are tested: HDR-BLUE-CHEESE and HDR-PARENT-UNKNOWN in
     * stack.ExtensionTest, HDR-PARENT-INVALID in stack.CondemnedTest, TRX-INPUT-SPENT in mempool.AdmissionTest, the
     * limits of HDR-TIME-EARLY in NetworkTest and what becomes of such a cheese with the node.
     */
    private static final Set<Rule> ELSEWHERE = EnumSet.of(
            Rule.HDR_TIME_EARLY,
            Rule.HDR_PARENT_UNKNOWN,
            Rule.HDR_PARENT_INVALID,
            Rule.HDR_BLUE_CHEESE,
            Rule.TRX_INPUT_SPENT);

    private static final Set<
            Rule.Level> LEVELS = EnumSet.of(Rule.Level.WELL_FORMED, Rule.Level.STAND_ALONE, Rule.Level.IN_CONTEXT);

    static List<BrokenRule> rows() {
        return Stream.of(WellFormedTable.rows(), StandAloneTable.rows(), InContextTable.rows())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refuses(BrokenRule row) {
        switch (row.answer().get()) {
            case Outcome.Passed<?>(Object value) -> assertThat(value).as("passed: %s", row).isNull();
            case Outcome.Refused<?>(Violation violation) ->
                    assertThat(violation.rule()).as(violation.message()).isEqualTo(row.rule());
        }
    }

    @Test
    void whatTheTablesBreakIsItselfValid() {
        Stream.of(WellFormedTable.valid(), StandAloneTable.valid(), InContextTable.valid())
                .flatMap(List::stream)
                .forEach(outcome -> assertThat(outcome).isInstanceOf(Outcome.Passed.class));
    }

    @Test
    void everyRuleHasItsCase() {
        Set<Rule> covered = EnumSet.copyOf(ELSEWHERE);
        rows().forEach(row -> covered.add(row.rule()));
        assertThat(Stream.of(Rule.values()).filter(rule -> LEVELS.contains(rule.level())))
                .allSatisfy(rule -> assertThat(covered).contains(rule));
    }

    @Test
    void everyRuleStandsInTheTableOfItsLevel() {
        assertThat(WellFormedTable.rows()).allSatisfy(row -> assertLevel(row, Rule.Level.WELL_FORMED));
        assertThat(StandAloneTable.rows()).allSatisfy(row -> assertLevel(row, Rule.Level.STAND_ALONE));
        assertThat(InContextTable.rows()).allSatisfy(row -> assertLevel(row, Rule.Level.IN_CONTEXT));
    }

    @Test
    void everyRuleIsFoundByItsId() {
        assertThat(Rule.values())
                .allSatisfy(rule -> assertThat(Rule.byId(rule.id())).contains(rule));
        assertThat(Rule.HDR_TIME_ORDER.id()).isEqualTo("HDR-TIME-ORDER");
        assertThat(Rule.byId("HDR-NONE")).isEmpty();
    }

    private static void assertLevel(BrokenRule row, Rule.Level level) {
        assertThat(row.rule().level()).as(row.toString()).isEqualTo(level);
    }
}
