package org.cheesecoin.member.explorer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import tools.jackson.databind.JsonNode;

/** Checks a proof as protocol.md, section 10, tells a stranger to: with SHA-256, and with no line of chain-lib. */
final class MerkleProof {

    private static final HexFormat HEX = HexFormat.of();

    private MerkleProof() {}

    /** Whether the proof shows that its transaction stands in the cheese with this smell. */
    static boolean holds(JsonNode proof, String smell) {
        byte[] header = HEX.parseHex(proof.get("header").stringValue());
        if (header.length != 92 || !HEX.formatHex(sha256(header)).equals(smell)) {
            return false;
        }
        byte[] root = Arrays.copyOfRange(header, 40, 72);
        byte[] hash = sha256(new byte[]{0}, HEX.parseHex(proof.get("hex").stringValue()));
        long place = proof.get("index").longValue();
        long last = proof.get("size").longValue() - 1;
        if (place > last) {
            return false;
        }
        for (JsonNode step : proof.get("path").values()) {
            byte[] sibling = HEX.parseHex(step.stringValue());
            if (last == 0) {
                return false;
            }
            if (place % 2 == 1 || place == last) {
                hash = sha256(new byte[]{1}, sibling, hash);
                while (place % 2 == 0 && place != 0) {
                    place /= 2;
                    last /= 2;
                }
            } else {
                hash = sha256(new byte[]{1}, hash, sibling);
            }
            place /= 2;
            last /= 2;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
