package org.cheesecoin.chain.wire;

import java.nio.charset.StandardCharsets;

import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;

/**
 * What a node key signs towards a tracker: tagged(tracker URL ‖ method ‖ all the fields ‖ time), so that a request holds
 * at one tracker, for one call, and for a moment.
 */
public final class TrackerProofs {

    /** Longest URL of a tracker, in bytes. */
    public static final int MAX_TRACKER_URL_BYTES = 500;

    private static final Sha256 REQUEST = Sha256.tagged("CheeseCoin/tracker-request");

    private TrackerProofs() {}

    /**
     * What the request signs. URL and method stand with two bytes of length before them, the fields with four.
     *
     * @param trackerUrl the tracker's own base URL, as {@code http://127.0.0.1:8080}; a slash at its end is dropped
     * @param issuedAtMillis the member's clock, from 0 to 2^53 - 1
     * @throws MalformedException if the URL is too long or the time out of its range
     */
    public static Hash256 requestDigest(String trackerUrl, TrackerRequest request, long issuedAtMillis) {
        WireFields.requireTime("issuedAtMillis", issuedAtMillis);
        byte[] url = withoutSlash(trackerUrl).getBytes(StandardCharsets.UTF_8);
        WireFields.requireLimit("trackerUrl", url.length, MAX_TRACKER_URL_BYTES);
        byte[] method = WireFields.ascii(request.method());
        byte[] fields = request.canonicalFields();
        ByteWriter writer = new ByteWriter(url.length + method.length + fields.length + 16);
        writer.u16(url.length).raw(url).u16(method.length).raw(method);
        writer.u32(fields.length).raw(fields).u64(issuedAtMillis);
        return REQUEST.of(writer.toBytes());
    }

    /** The request under its signer's node key. */
    public static Signature sign(
            SignatureScheme signatures,
            PrivateKey nodeKey,
            String trackerUrl,
            TrackerRequest request,
            long issuedAtMillis) {
        return signatures.sign(nodeKey, requestDigest(trackerUrl, request, issuedAtMillis));
    }

    /** Whether the signature is its signer's for this request, at this tracker, of this time. */
    public static boolean verify(
            SignatureScheme signatures,
            String trackerUrl,
            TrackerRequest request,
            long issuedAtMillis,
            Signature signature) {
        return signatures.verify(
                request.signer().key(), requestDigest(trackerUrl, request, issuedAtMillis), signature);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
