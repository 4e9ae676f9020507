package org.cheesecoin.benchmarks.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What all processes of this machine took of its processors; a measurement beside others' work says so. */
final class Processors {

    private static final Path STAT = Path.of("/proc/stat");
    private static final long TICK_MILLIS = 10;
    /** user, nice, system, after the word "cpu"; then idle and waiting, which are no work. */
    private static final List<Integer> WORK = List.of(1, 2, 3, 6, 7);

    private Processors() {}

    /** Since the machine started, in milliseconds; 0 where there is no /proc. */
    static long busyMillis() throws IOException {
        if (!Files.exists(STAT)) {
            return 0;
        }
        String[] fields = Files.readAllLines(STAT).getFirst().split(" +");
        return TICK_MILLIS * WORK.stream().mapToLong(index -> Long.parseLong(fields[index])).sum();
    }
}
