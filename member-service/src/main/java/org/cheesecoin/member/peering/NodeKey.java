package org.cheesecoin.member.peering;

import java.security.SecureRandom;
import java.util.HexFormat;

import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.cheesecoin.web.start.BadSetting;

/**
 * Who this member is to other members and to trackers: a key of its own, made at first start in
 * {@code <data>/node.key}, never one of the wallet's.
 *
 * @param privateKey signs handshakes, leases and peer records
 * @param id its public half
 */
public record NodeKey(PrivateKey privateKey, NodeId id) {

    private static final String FILE = "node.key";

    /**
     * Reads the key of this folder, or makes one.
     *
     * @throws BadSetting if the file holds anything but 64 hex digits of a key
     */
    static NodeKey of(DataFolder folder, SignatureScheme scheme) {
        String hex = OwnerOnlyFile.readOrCreate(folder.resolve(FILE), NodeKey::fresh);
        if (!hex.matches("[0-9a-f]{64}") || !PrivateKey.isValid(HexFormat.of().parseHex(hex))) {
            throw BadSetting.ofSecret("file " + folder.resolve(FILE), "64 lower-case hex digits of a secp256k1 key");
        }
        PrivateKey key = PrivateKey.of(HexFormat.of().parseHex(hex));
        return new NodeKey(key, new NodeId(scheme.publicKey(key)));
    }

    private static String fresh() {
        SecureRandom random = new SecureRandom();
        byte[] candidate = new byte[PrivateKey.BYTES];
        do {
            random.nextBytes(candidate);
        } while (!PrivateKey.isValid(candidate));
        return HexFormat.of().formatHex(candidate);
    }

    /** The id alone: the other half is a secret. */
    @Override
    public String toString() {
        return "NodeKey[" + id + "]";
    }
}
