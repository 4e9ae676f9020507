package org.cheesecoin.tracker.registry.web;

import java.util.HexFormat;

import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.tracker.web.ProblemType;

import jakarta.servlet.http.HttpServletRequest;

/** Readers of what several calls carry. */
final class RequestFields {

    private static final long MAX_TIME_MILLIS = (1L << 53) - 1;

    private RequestFields() {}

    static Signature signature(String hex) {
        return Signature.of(HexFormat.of().parseHex(hex));
    }

    /** The time as a digest can hold it; whether it is near the tracker's is asked later. */
    static long time(long issuedAtMillis) {
        if (issuedAtMillis < 0 || issuedAtMillis > MAX_TIME_MILLIS) {
            throw ProblemType.MALFORMED.because("'issuedAtMillis' is from 0 to 2^53 - 1.")
                    .with("field", "issuedAtMillis");
        }
        return issuedAtMillis;
    }

    /** By what callers are counted: an address, for IPv6 its first 64 bits, since one caller has all the others. */
    static String callerOf(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        String[] groups = address.split(":", -1);
        return groups.length == 8 ? String.join(":", groups[0], groups[1], groups[2], groups[3]) : address;
    }
}
