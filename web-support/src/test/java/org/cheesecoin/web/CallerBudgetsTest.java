package org.cheesecoin.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

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
    void aSpentBudgetComesBackWithWhatGoesByAndNotWithTheMachinesClock() {
        AtomicLong nanos = new AtomicLong(-1_000_000_000L);
        CallerBudgets steady = new CallerBudgets(new CallRate(_ -> true, 1, Duration.ofMinutes(1)), nanos::get);
        assertThat(steady.spend("a")).isZero();
        assertThat(steady.spend("a")).isEqualTo(Duration.ofMinutes(1));

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(steady.spend("a")).isZero();
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
