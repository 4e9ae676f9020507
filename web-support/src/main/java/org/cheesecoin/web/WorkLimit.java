package org.cheesecoin.web;

import java.util.function.Predicate;

import org.cheesecoin.web.guard.Share;

/**
 * How many of some dear calls may be at work at once; others wait a while.
 *
 * @param covers which calls
 * @param share how many, of all and of one address
 */
public record WorkLimit(Predicate<Call> covers, Share share) {}
