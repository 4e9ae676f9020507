package org.cheesecoin.web;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * How often one caller may make some calls.
 *
 * @param covers which calls
 * @param calls so many at once, and as many again in each period, evenly
 * @param period in how long a spent budget fills again
 */
public record CallRate(Predicate<Call> covers, int calls, Duration period) {}
