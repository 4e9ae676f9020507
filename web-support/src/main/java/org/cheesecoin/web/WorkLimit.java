package org.cheesecoin.web;

import java.util.function.Predicate;

import org.cheesecoin.web.guard.Share;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How many of some dear calls may be at work at once; others wait a while.
 *
 * @param covers which calls
 * @param share how many, of all and of one address
 */
public record WorkLimit(Predicate<HttpServletRequest> covers, Share share) {}
