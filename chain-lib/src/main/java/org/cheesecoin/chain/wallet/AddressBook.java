package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * Which addresses are the wallet's, which are handed out and which are used. It knows {@link KeyChain#GAP_LIMIT}
 * addresses of each branch beyond the last one used, so that a scan of the stack finds all that words
 * restore (BIP-44): mark each own address that the scan meets as used, and watch the ones that this adds. Belongs to
 * one thread.
 */
public final class AddressBook {

    /**
     * How far a branch has come, for the store.
     *
     * @param handedOut so many were given to somebody, from index 0 on
     * @param used one more than the highest index that the stack has seen, 0 for none
     */
    public record Progress(int handedOut, int used) {

        /** Of a new wallet. */
        public static final Progress NONE = new Progress(0, 0);
    }

    private final KeyChain keys;
    private final Map<Address, WalletAddress> byAddress = new TreeMap<>();
    private final Map<Branch, Integer> known = new EnumMap<>(Branch.class);
    private final Map<Branch, Progress> progress = new EnumMap<>(Branch.class);

    /**
     * The book as it was stored; what is not stored yet is derived.
     *
     * @param stored the addresses known so far, none left out in between; none for a new or a restored wallet
     */
    public AddressBook(KeyChain keys, Collection<WalletAddress> stored, Map<Branch, Progress> storedProgress) {
        this.keys = keys;
        for (WalletAddress address : stored) {
            byAddress.put(address.address(), address);
            known.merge(address.branch(), address.index() + 1, Math::max);
        }
        for (Branch branch : Branch.values()) {
            progress.put(branch, storedProgress.getOrDefault(branch, Progress.NONE));
            extend(branch);
        }
    }

    /** The key of an own address. */
    public Optional<WalletKey> key(Address address) {
        return Optional.ofNullable(byAddress.get(address)).map(it -> keys.key(it.branch(), it.index()));
    }

    /** The place of an own address, handed out or not. */
    public Optional<WalletAddress> find(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** All that are known, those not handed out yet among them: what {@link WalletCoins} is to watch. */
    public List<WalletAddress> addresses() {
        return List.copyOf(byAddress.values());
    }

    /** How far a branch has come. */
    public Progress progress(Branch branch) {
        return progress.getOrDefault(branch, Progress.NONE);
    }

    /**
     * Hands out the next receiving address.
     *
     * @return the address, or WLT-GAP if as many are out unused as a restore looks ahead; its values name the way on
     */
    public Outcome<WalletAddress> nextReceiving() {
        Progress now = progress(Branch.RECEIVE);
        if (now.handedOut() - now.used() >= KeyChain.GAP_LIMIT) {
            return Outcome.refused(Violation.of(Rule.WLT_GAP)
                    .with("handedOut", now.handedOut())
                    .with("used", now.used())
                    .with("firstUnused", at(Branch.RECEIVE, now.used()).address())
                    .with("lastHandedOut", at(Branch.RECEIVE, now.handedOut() - 1).address())
                    .with("wayOut", "give firstUnused out again, or pay to lastHandedOut, which makes room for "
                            + KeyChain.GAP_LIMIT + " more"));
        }
        return Outcome.passed(next(Branch.RECEIVE));
    }

    /**
     * Takes the next address for change. While many wait unused, as after payments that came to nothing, the first of
     * them is taken again rather than one that a restore would not find.
     */
    public WalletAddress nextChange() {
        Progress now = progress(Branch.CHANGE);
        if (now.handedOut() - now.used() >= KeyChain.GAP_LIMIT) {
            return at(Branch.CHANGE, now.used());
        }
        return next(Branch.CHANGE);
    }

    /**
     * Notes that an address was seen in the stack.
     *
     * @return the addresses that are known from now on; none if it is not an own address or was used before
     */
    public List<WalletAddress> markUsed(Address address) {
        WalletAddress own = byAddress.get(address);
        if (own == null) {
            return List.of();
        }
        Progress now = progress(own.branch());
        int used = Math.max(now.used(), own.index() + 1);
        progress.put(own.branch(), new Progress(Math.max(now.handedOut(), used), used));
        return extend(own.branch());
    }

    private WalletAddress next(Branch branch) {
        Progress now = progress(branch);
        progress.put(branch, new Progress(now.handedOut() + 1, now.used()));
        // Within the gap, so it is known already; what lies beyond it follows when it is used.
        return at(branch, now.handedOut());
    }

    private List<WalletAddress> extend(Branch branch) {
        List<WalletAddress> added = new ArrayList<>();
        Progress now = progress(branch);
        int needed = Math.max(now.used() + KeyChain.GAP_LIMIT, now.handedOut());
        for (int index = known.getOrDefault(branch, 0); index < needed; index++) {
            WalletAddress address = at(branch, index);
            byAddress.put(address.address(), address);
            added.add(address);
        }
        known.merge(branch, needed, Math::max);
        return added;
    }

    private WalletAddress at(Branch branch, int index) {
        return new WalletAddress(branch, index, keys.key(branch, index).address());
    }
}
