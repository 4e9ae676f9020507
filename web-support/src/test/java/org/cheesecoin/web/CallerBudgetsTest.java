package org.cheesecoin.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallerBudgetsTest {

    private final CallerBudgets budgets = new CallerBudgets(new CallRate(_ -> true, 2, Duration.ofMinutes(2)));

    @Test
    void countsEachCallerApart() {
        assertThat(budgets.spend("a")).isZero();
        assertThat(budgets.spend("a")).isZero();
        assertThat(budgets.spend("a")).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
        assertThat(budgets.spend("b")).isZero();
    }

    @Test
    void remembersSoManyCallersAndThoseThatCalledLast() {
        budgets.spend("a");
        budgets.spend("a");
        for (int i = 0; i < CallerBudgets.MAX_CALLERS * 2; i++) {
            budgets.spend("caller " + i);
            budgets.spend("a");
        }
        assertThat(budgets.callers()).isEqualTo(CallerBudgets.MAX_CALLERS);
        assertThat(budgets.spend("a")).isPositive();
    }
}
