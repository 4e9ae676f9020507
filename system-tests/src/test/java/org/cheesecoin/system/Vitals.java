package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process holds and has said, seen from outside.
 *
 * @param pid the process; 0 where there is none
 * @param liveHeapKb what is reachable on its heap after a full collection; 0 where there is no process
 * @param residentKb its memory as the system counts it
 * @param log what it has written to its log until now
 */
record Vitals(long pid, long liveHeapKb, long residentKb, Log log) {

    private static final long COLLECT_SECONDS = 30;
    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern RESIDENT_KB = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /**
     * A log as far as it is written.
     *
     * @param lines all lines but those that tell of cheeses, which honest members mine
     * @param bytes all bytes
     * @param errors lines of the level ERROR, of stack traces, and of memory that ran out
     * @param bans lines that tell of one
     */
    record Log(long lines, long bytes, long errors, long bans) {

        private static final Pattern OF_CHEESES = Pattern.compile("\\.Miner |\\.NodeLog +: (Cheese|Reorganis)");
        private static final Pattern OF_ERRORS = Pattern.compile("^\\S+ +ERROR |^\\tat |OutOfMemoryError");

        static Log of(Path file) {
            try {
                List<String> lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
                return new Log(lines.stream().filter(line -> !OF_CHEESES.matcher(line).find()).count(),
                        Files.size(file), lines.stream().filter(line -> OF_ERRORS.matcher(line).find()).count(),
                        lines.stream().filter(line -> line.contains(": Banned ")).count());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What came since then. */
        Log since(Log earlier) {
            return new Log(lines - earlier.lines, bytes - earlier.bytes, errors - earlier.errors,
                    bans - earlier.bans);
        }
    }

    /** Of this process of the launcher's; collects its garbage first. */
    static Vitals of(Launcher launcher, String name) {
        Log log = Log.of(launcher.home().resolve("logs").resolve(name + ".log"));
        return launcher.process(name)
                .map(process -> new Vitals(process.pid(), liveHeapKb(launcher, process.pid()),
                        residentKb(process.pid()), log))
                .orElse(new Vitals(0, 0, 0, log));
    }

    /** What a full collection leaves on the heap of a process, in KB; 0 where it does not say. */
    private static long liveHeapKb(Launcher launcher, long pid) {
        return first(LIVE_BYTES, jcmd(launcher, pid, "GC.class_histogram")) / 1_000;
    }

    private static String jcmd(Launcher launcher, long pid, String word) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            return new Command(launcher.home(), Map.of()).run(COLLECT_SECONDS,
                    List.of(jcmd.toString(), Long.toString(pid), word)).text();
        } catch (AssertionError _) {
            // a process that stands still does not answer this either
            return "";
        }
    }

    private static long residentKb(long pid) {
        try {
            Path status = Path.of("/proc", Long.toString(pid), "status");
            return Files.isReadable(status) ? first(RESIDENT_KB, Files.readString(status)) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    private static long first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
