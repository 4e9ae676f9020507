package org.cheesecoin.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, ordered by its time and then by when it was planned, so that no two runs differ. */
final class EventQueue {

    private record Event(long atMillis, long sequence, Runnable action) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::sequence));
    private long nowMillis;
    private long nextSequence;

    EventQueue(long startMillis) {
        this.nowMillis = startMillis;
    }

    /** True time, which no member's clock need show. */
    long nowMillis() {
        return nowMillis;
    }

    /** How many events there were and will be. */
    long planned() {
        return nextSequence;
    }

    void at(long atMillis, Runnable action) {
        events.add(new Event(Math.max(atMillis, nowMillis), nextSequence++, action));
    }

    void after(long delayMillis, Runnable action) {
        at(nowMillis + delayMillis, action);
    }

    /** Lets everything happen up to this time. */
    void runUntil(long untilMillis) {
        while (!events.isEmpty() && events.peek().atMillis() <= untilMillis) {
            Event event = events.remove();
            nowMillis = event.atMillis();
            event.action().run();
        }
        nowMillis = untilMillis;
    }
}
