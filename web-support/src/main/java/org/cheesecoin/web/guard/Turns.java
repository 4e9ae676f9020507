package org.cheesecoin.web.guard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * So many work at once, of one address and of all; others wait, in the order in which they came. One address has no more
 * than its share waiting where all wait, so none waits for more than the others' shares. Safe to share.
 */
final class Turns {

    /** Those of one address, at work or waiting. */
    private static final class Line {

        private final Semaphore own;
        private int people;

        Line(int each) {
            own = new Semaphore(each, true);
        }
    }

    private final int each;
    private final Semaphore all;
    private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

    Turns(Share share) {
        this.each = Math.toIntExact(share.each());
        this.all = new Semaphore(Math.toIntExact(share.all()), true);
    }

    /** Does this work when it is its turn. */
    void run(String address, Runnable work) {
        Line line = join(address);
        try {
            line.own.acquireUninterruptibly();
            try {
                all.acquireUninterruptibly();
                try {
                    work.run();
                } finally {
                    all.release();
                }
            } finally {
                line.own.release();
            }
        } finally {
            leave(address);
        }
    }

    private Line join(String address) {
        return lines.compute(address, (_, line) -> {
            Line joined = line == null ? new Line(each) : line;
            joined.people++;
            return joined;
        });
    }

    private void leave(String address) {
        lines.computeIfPresent(address, (_, line) -> {
            line.people--;
            return line.people == 0 ? null : line;
        });
    }
}
