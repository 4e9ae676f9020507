package org.cheesecoin.system.operations;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a PromQL expression, found by taking away what is no name of a metric: enough of the language for ours.
 *
 * @param series names of series
 * @param labels names of labels that are matched or grouped by, with the values that an {@code =} asks for
 */
record Query(Set<String> series, Map<String, Set<String>> labels) {

    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern FUNCTION = Pattern.compile("\\b[a-z_]+\\s*\\(");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "sum", "min", "max");

    static Query of(String expression) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher matchers = MATCHERS.matcher(expression);
        while (matchers.find()) {
            Matcher matcher = MATCHER.matcher(matchers.group(1));
            while (matcher.find()) {
                Set<String> values = labels.computeIfAbsent(matcher.group(1), _ -> new TreeSet<>());
                if (matcher.group(2).equals("=")) {
                    values.add(matcher.group(3));
                }
            }
        }
        String rest = MATCHERS.matcher(expression).replaceAll(" ");
        Matcher grouping = GROUPING.matcher(rest);
        while (grouping.find()) {
            for (String label : grouping.group(2).split(",")) {
                labels.computeIfAbsent(label.strip(), _ -> new TreeSet<>());
            }
        }
        rest = GROUPING.matcher(rest).replaceAll(" ");
        rest = RANGE.matcher(rest).replaceAll(" ");
        rest = FUNCTION.matcher(rest).replaceAll(" ");
        Set<String> series = new TreeSet<>();
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                series.add(name.group());
            }
        }
        return new Query(series, labels);
    }
}
