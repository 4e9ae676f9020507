package org.cheesecoin.chain.node;

/**
 * One submission of a transaction by this member's own user, as the driver numbers them.
 *
 * @param number from 1 up
 */
public record SubmissionId(long number) {}
