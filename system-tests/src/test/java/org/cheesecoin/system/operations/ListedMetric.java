package org.cheesecoin.system.operations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A line of {@code ops/metrics.txt}, which says what each column means.
 *
 * @param from {@code member}, {@code tracker} or {@code standard}
 * @param name as Prometheus has it; for a timer without the ending
 * @param type {@code gauge}, {@code counter} or {@code timer}
 * @param labels names of its labels with the values they can have; none listed means any
 */
record ListedMetric(String from, String name, String type, Map<String, Set<String>> labels) {

    private static final String FORM = "(member|tracker|standard) +[a-z_]+ +(gauge|counter|timer) +"
            + "(-|[a-z]+=[^ ,]+(,[a-z]+=[^ ,]+)*) +\\S.*";

    static List<ListedMetric> parse(String text) {
        return text.lines().filter(it -> !it.isBlank() && !it.startsWith("#")).map(ListedMetric::of).toList();
    }

    private static ListedMetric of(String line) {
        if (!line.matches(FORM)) {
            throw new IllegalArgumentException("ops/metrics.txt has a line that is none: " + line);
        }
        String[] columns = line.split(" +", 5);
        Map<String, Set<String>> labels = new TreeMap<>();
        if (!columns[3].equals("-")) {
            for (String label : columns[3].split(",")) {
                int equals = label.indexOf('=');
                String values = label.substring(equals + 1);
                labels.put(label.substring(0, equals),
                        values.equals("*") ? Set.of() : new TreeSet<>(List.of(values.split("\\|"))));
            }
        }
        if (columns[2].equals("timer")) {
            labels.put("le", Set.of());
        }
        return new ListedMetric(columns[0], columns[1], columns[2], labels);
    }

    /** The names under which Prometheus has its series. */
    Stream<String> series() {
        return type.equals("timer") ? Stream.of("_count", "_sum", "_max", "_bucket").map(name::concat)
                : Stream.of(name);
    }
}
