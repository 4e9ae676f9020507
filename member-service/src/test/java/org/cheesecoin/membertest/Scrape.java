package org.cheesecoin.membertest;

import java.util.LinkedHashMap;
import java.util.Map;

import org.cheesecoin.webtest.Http;

/** What Prometheus reads, by series as it stands there: the name with its labels. */
public final class Scrape {

    private final Map<String, Double> values = new LinkedHashMap<>();

    private Scrape(String text) {
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            int end = line.lastIndexOf(' ');
            values.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
        });
    }

    /** Scrapes a member as a stranger may. */
    public static Scrape of(RunningMember member) {
        Http.Answer answer = member.http().get("/actuator/prometheus");
        if (answer.status() != 200) {
            throw new AssertionError("no scrape: " + answer.status());
        }
        return new Scrape(answer.response().body());
    }

    /** The value of a series. */
    public double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new AssertionError("no series " + series + " in " + values.keySet());
        }
        return value;
    }

    /** How many series have this name. */
    public long count(String name) {
        return values.keySet().stream().filter(it -> it.equals(name) || it.startsWith(name + "{")).count();
    }
}
