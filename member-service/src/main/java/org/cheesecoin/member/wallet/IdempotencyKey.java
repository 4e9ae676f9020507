package org.cheesecoin.member.wallet;

/**
 * What a caller calls one order, so that asking again pays once (Idempotency-Key, as in draft-ietf-httpapi).
 *
 * @param text 1 to 200 visible ASCII characters
 */
public record IdempotencyKey(String text) {

    /** What a key looks like. */
    public static final String FORM = "[\\x21-\\x7e]{1,200}";

    /** Checks the form. */
    public IdempotencyKey {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("an idempotency key has 1 to 200 visible ASCII characters");
        }
    }
}
