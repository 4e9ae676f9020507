package org.cheesecoin.chain.crypto;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MerkleTreeTest {

    /** Leaves and roots of certificate-transparency's own tests of RFC 6962. */
    private static final List<String> LEAVES = List.of(
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void givesTheRootsOfCertificateTransparency() {
        for (int size = 0; size <= LEAVES.size(); size++) {
            List<Hash256> leaves = LEAVES.subList(0, size).stream()
                    .map(leaf -> MerkleTree.leaf(HexFormat.of().parseHex(leaf)))
                    .toList();
            assertThat(MerkleTree.root(leaves).toHex()).as("%d leaves", size).isEqualTo(ROOTS.get(size));
        }
    }

    @Test
    void eachPathLeadsFromItsLeafToTheRootAndFromNowhereElse() {
        for (int size = 1; size <= 33; size++) {
            List<Hash256> leaves = leaves(size);
            Hash256 root = MerkleTree.root(leaves);
            for (int index = 0; index < size; index++) {
                List<Hash256> path = MerkleTree.path(leaves, index);
                assertThat(MerkleTree.verify(leaves.get(index), index, size, path, root)).isTrue();
                assertThat(MerkleTree.verify(leaves.get(index), (index + 1) % size, size, path, root))
                        .isEqualTo(size == 1);
                assertThat(MerkleTree.verify(MerkleTree.leaf(new byte[]{1}), index, size, path, root))
                        .isFalse();
                List<Hash256> longer = new ArrayList<>(path);
                longer.add(root);
                assertThat(MerkleTree.verify(leaves.get(index), index, size, longer, root)).isFalse();
            }
        }
    }

    @Test
    void refusesAPathForALeafOutsideTheTree() {
        List<Hash256> leaves = leaves(3);
        Hash256 root = MerkleTree.root(leaves);
        assertThat(MerkleTree.verify(leaves.getFirst(), -1, 3, MerkleTree.path(leaves, 0), root)).isFalse();
        assertThat(MerkleTree.verify(leaves.getFirst(), 3, 3, MerkleTree.path(leaves, 0), root)).isFalse();
        assertThat(MerkleTree.verify(leaves.getFirst(), 0, 0, List.of(), root)).isFalse();
        assertThatThrownBy(() -> MerkleTree.path(leaves, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aDoubledLastLeafHasAnotherRoot() {
        List<Hash256> three = leaves(3);
        List<Hash256> doubled = new ArrayList<>(three);
        doubled.add(three.getLast());
        assertThat(MerkleTree.root(doubled)).isNotEqualTo(MerkleTree.root(three));
    }

    @Test
    void aNodeIsNoLeaf() {
        List<Hash256> two = leaves(2);
        byte[] both = new byte[64];
        two.get(0).copyTo(both, 0);
        two.get(1).copyTo(both, 32);
        assertThat(MerkleTree.leaf(both)).isNotEqualTo(MerkleTree.root(two));
    }

    private static List<Hash256> leaves(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> MerkleTree.leaf(new byte[]{0, (byte) i}))
                .toList();
    }
}
