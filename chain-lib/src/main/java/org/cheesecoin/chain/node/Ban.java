package org.cheesecoin.chain.node;

/**
 * A pair that stays away for a while.
 *
 * @param nodeIdHex who, 66 hex digits, or empty where it broke the rules before it proved an id
 * @param remoteAddress at which address or dialled URL
 * @param untilMillis until when, by the machine's clock, for whoever starts again meanwhile
 * @param reason the rule's id
 */
public record Ban(String nodeIdHex, String remoteAddress, long untilMillis, String reason) {}
