package org.cheesecoin.chain.crypto;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.cheesecoin.chain.testing.VectorsFolder;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** transparency-dev/merkle: proofs of inclusion, right and wrong; hashes in Base64. */
class Rfc6962VectorsTest {

    @Test
    void acceptsTheRightProofsAndNoOther() {
        int right = 0;
        for (Path file : VectorsFolder.files("rfc6962", "*.json")) {
            JsonNode vector = VectorsFolder.json(file);
            boolean valid = !vector.get("wantErr").booleanValue();
            assertThat(verifies(vector)).as(file.getFileName() + ": " + vector.get("desc")).isEqualTo(valid);
            right += valid ? 1 : 0;
        }
        assertThat(right).isPositive();
    }

    /** A hash of another length than 32 bytes is none, and is refused where it is read. */
    private static boolean verifies(JsonNode vector) {
        List<byte[]> hashes = new ArrayList<>();
        vector.get("proof").forEach(hash -> hashes.add(bytes(hash)));
        byte[] leaf = bytes(vector.get("leafHash"));
        byte[] root = bytes(vector.get("root"));
        if (leaf.length != Hash256.BYTES
                || root.length != Hash256.BYTES
                || hashes.stream().anyMatch(hash -> hash.length != Hash256.BYTES)) {
            return false;
        }
        return MerkleTree.verify(
                Hash256.of(leaf),
                vector.get("leafIdx").bigIntegerValue().longValue(),
                vector.get("treeSize").bigIntegerValue().longValue(),
                hashes.stream().map(Hash256::of).toList(),
                Hash256.of(root));
    }

    private static byte[] bytes(JsonNode base64) {
        return base64.isNull() ? new byte[0] : Base64.getDecoder().decode(base64.stringValue());
    }
}
