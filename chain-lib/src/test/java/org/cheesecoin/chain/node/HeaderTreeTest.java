package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderTreeTest {

    private static final Network NETWORK = TestWorld.fresh().network();
    private static final int LIMIT = 20;

    /** The same tree as a plain list in the order of arrival. */
    private static final class Model {
        private final List<StackedHeader> headers = new ArrayList<>();

        private boolean isLeaf(StackedHeader header) {
            return headers.stream().noneMatch(other -> other.header().parentSmell().equals(header.smell()));
        }

        private void add(StackedHeader header) {
            if (headers.contains(header)) {
                return;
            }
            headers.add(header);
            while (headers.size() > LIMIT) {
                // Least work first; among equals the last seen, which max keeps of a list that is turned round.
                headers.reversed().stream()
                        .filter(this::isLeaf)
                        .min(Comparator.comparing(StackedHeader::totalWork))
                        .ifPresent(headers::remove);
            }
        }

        private void condemn(Smell smell) {
            headers.removeIf(header -> header.smell().equals(smell));
            headers.stream()
                    .filter(header -> header.header().parentSmell().equals(smell))
                    .toList()
                    .forEach(child -> condemn(child.smell()));
        }

        private List<StackedHeader> pathTo(Smell smell) {
            List<StackedHeader> path = new ArrayList<>();
            Optional<StackedHeader> at = find(smell);
            while (at.isPresent()) {
                path.addFirst(at.get());
                at = find(at.get().header().parentSmell());
            }
            return path;
        }

        private Optional<StackedHeader> find(Smell smell) {
            return headers.stream().filter(header -> header.smell().equals(smell)).findFirst();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void isTheSameAsAPlainList(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HeaderTree tree = new HeaderTree(LIMIT);
        Model model = new Model();
        List<StackedHeader> made = new ArrayList<>(List.of(NETWORK.root()));
        for (int step = 0; step < 300; step++) {
            StackedHeader any = made.get(random.nextInt(made.size()));
            switch (random.nextInt(10)) {
                case 0 -> {
                    tree.condemn(any.smell());
                    model.condemn(any.smell());
                }
                case 1 -> {
                    // Only what stands directly on the stack gets stored.
                    if (model.find(any.header().parentSmell()).isEmpty()) {
                        tree.stored(any.smell());
                        model.headers.remove(any);
                    }
                }
                default -> {
                    StackedHeader parent = random.nextBoolean() && !model.headers.isEmpty()
                            ? model.headers.get(random.nextInt(model.headers.size()))
                            : any;
                    Cheese cheese = CheeseFactory.empty(
                            NETWORK, parent, TestKeys.key(random.nextInt(1_000)).address());
                    StackedHeader header = CheeseFactory.stacked(NETWORK, parent, cheese);
                    made.add(header);
                    tree.add(header);
                    model.add(header);
                }
            }
            assertThat(tree.size()).isEqualTo(model.headers.size());
            assertThat(made).allSatisfy(header -> {
                assertThat(tree.contains(header.smell())).isEqualTo(model.headers.contains(header));
                assertThat(tree.pathTo(header.smell())).isEqualTo(model.pathTo(header.smell()));
            });
        }
    }
}
