package org.cheesecoin.member.explorer;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.member.persistence.AddressReader;
import org.cheesecoin.member.persistence.ExplorerStore;
import org.cheesecoin.member.persistence.Slice;
import org.cheesecoin.member.settings.MemberProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what the index knows of an address, together with the height that it has reached. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class AddressBrowser {

    private final ExplorerStore store;
    private final AddressReader addresses;
    private final int maturity;
    private final MemberProperties.Index settings;

    AddressBrowser(ExplorerStore store, AddressReader addresses, Network network, MemberProperties properties) {
        this.store = store;
        this.addresses = addresses;
        this.maturity = network.parameters().coinbaseMaturity();
        this.settings = properties.index();
    }

    /** Whether the index can answer. */
    public enum Index {
        /** It answers. */
        READY,
        /** The owner switched it off. */
        OFF,
        /** It has not begun yet. */
        EMPTY
    }

    /**
     * What was read.
     *
     * @param value it
     * @param indexedHeight all up to this height counts, and nothing above it
     * @param <T> what was read
     */
    public record Indexed<T>(T value, int indexedHeight) {}

    /** Whether the index can answer. */
    public Index index() {
        if (!settings.enabled()) {
            return Index.OFF;
        }
        return store.indexedHeight().isPresent() ? Index.READY : Index.EMPTY;
    }

    /** What the address has. */
    public Indexed<AddressReader.Balance> balance(Address address) {
        int height = height();
        // what matures in the very next cheese may be spent in it
        return new Indexed<>(addresses.balance(address, height + 1 - maturity, height), height);
    }

    /**
     * Its coins.
     *
     * @throws org.cheesecoin.member.persistence.BadCursor if the cursor is not one of this list
     */
    public Indexed<Slice<PlacedCoin>> coins(Address address, Optional<String> cursor, int limit) {
        return new Indexed<>(addresses.coins(address, cursor, limit), height());
    }

    /**
     * What happened to it, newest first.
     *
     * @throws org.cheesecoin.member.persistence.BadCursor if the cursor is not one of this list
     */
    public Indexed<Slice<AddressReader.Entry>> history(Address address, Optional<String> cursor, int limit) {
        return new Indexed<>(addresses.history(address, cursor, limit), height());
    }

    private int height() {
        return store.indexedHeight().orElse(0);
    }
}
