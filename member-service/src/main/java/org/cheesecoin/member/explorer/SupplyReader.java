package org.cheesecoin.member.explorer;

import java.util.Optional;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.member.persistence.ExplorerStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How much money there is, and how much there will be. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class SupplyReader {

    private final ExplorerStore store;
    private final NetworkParameters network;

    SupplyReader(ExplorerStore store, Network network) {
        this.store = store;
        this.network = network.parameters();
    }

    /**
     * The money of the network at a tip.
     *
     * @param height of the tip
     * @param allocatedCrumbs what the Blue Cheese made
     * @param minedCrumbs what the subsidies of all cheeses above it allowed, claimed or not
     * @param toComeCrumbs what the subsidies of all cheeses to come allow
     * @param subsidyCrumbs what the next cheese may make beside its fees
     * @param nextHalvingHeight the first cheese that may make half of it; none where no more is made
     * @param burned what coinbases left unclaimed; none without an index
     */
    public record Supply(
            int height,
            long allocatedCrumbs,
            long minedCrumbs,
            long toComeCrumbs,
            long subsidyCrumbs,
            Optional<Integer> nextHalvingHeight,
            Optional<Burned> burned) {

        /** All that there can ever be. */
        public long capCrumbs() {
            return allocatedCrumbs + minedCrumbs + toComeCrumbs;
        }
    }

    /**
     * What coinbases left unclaimed, of subsidy or fees: nobody has it.
     *
     * @param crumbs how much
     * @param indexedHeight all up to this height counts
     */
    public record Burned(long crumbs, int indexedHeight) {}

    /** The money now. */
    public Supply supply() {
        int height = store.tip().map(it -> it.header().height()).orElse(0);
        long mined = Subsidy.minedUpTo(height, network);
        var halving = Subsidy.nextHalving(height, network);
        return new Supply(
                height,
                Subsidy.allocated(network),
                mined,
                Subsidy.minedInTheEnd(network) - mined,
                Subsidy.at(height + 1, network).crumbs(),
                halving.isPresent() ? Optional.of(halving.getAsInt()) : Optional.empty(),
                store.circulating().map(this::burned));
    }

    /** Fees move money, so what is not there any more was never claimed. */
    private Burned burned(ExplorerStore.Circulating circulating) {
        long made = Subsidy.allocated(network) + Subsidy.minedUpTo(circulating.indexedHeight(), network);
        return new Burned(made - circulating.crumbs(), circulating.indexedHeight());
    }
}
