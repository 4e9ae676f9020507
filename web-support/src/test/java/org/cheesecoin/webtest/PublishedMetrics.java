package org.cheesecoin.webtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What a service publishes at {@code /actuator/prometheus}, beside the lines of {@code ops/metrics.txt}. */
public final class PublishedMetrics {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final String OWN = "cheesecoin_";
    /** Of a histogram: its buckets, whose borders are no label of ours. */
    private static final String BORDER = "le";

    /** More values than this are not listed one by one. */
    private static final int MANY = 6;

    private PublishedMetrics() {}

    /** Fails unless the service publishes of its own exactly what is listed for it, with those types and labels. */
    public static void assertAsListed(String service, String scraped) {
        Map<String, String> published = new TreeMap<>();
        Matcher type = TYPE.matcher(scraped);
        while (type.find()) {
            String kind = type.group(2).equals("histogram") ? "timer" : type.group(2);
            // Micrometer's longest of a timer is a family of its own; a line of a timer stands for it too
            if (type.group(1).startsWith(OWN) && !type.group(1).endsWith("_seconds_max")) {
                published.put(type.group(1), kind + " " + labels(type.group(1), scraped));
            }
        }
        assertThat(published).as("what " + service + " publishes, against ops/metrics.txt").isEqualTo(listed(service));
    }

    private static Map<String, String> listed(String service) {
        Map<String, String> listed = new TreeMap<>();
        for (String line : list().lines().filter(it -> it.startsWith(service + " ")).toList()) {
            String[] columns = line.split(" +", 5);
            listed.put(columns[1], columns[2] + " " + columns[3]);
        }
        return listed;
    }

    /** As the list has them: one value for each of a few, {@code *} for many. */
    private static String labels(String family, String scraped) {
        Map<String, Set<String>> values = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(scraped);
        while (sample.find()) {
            if (sample.group(1).startsWith(family) && sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    values.computeIfAbsent(label.group(1), _ -> new TreeSet<>()).add(label.group(2));
                }
            }
        }
        values.remove(BORDER);
        StringBuilder text = new StringBuilder();
        values.forEach((name, of) -> text.append(text.isEmpty() ? "" : ",").append(name).append('=')
                .append(of.size() > MANY ? "*" : String.join("|", of)));
        return text.isEmpty() ? "-" : text.toString();
    }

    private static String list() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("ops/metrics.txt"))) {
            Path above = folder.getParent();
            if (above == null) {
                throw new AssertionError("no ops/metrics.txt above " + Path.of("").toAbsolutePath());
            }
            folder = above;
        }
        try {
            return Files.readString(folder.resolve("ops/metrics.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
