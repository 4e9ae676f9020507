package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AddressBookTest {

    private final KeyChain keys = KeyChain.ofSeed(new byte[32], TestKeys.SCHEME);
    private final AddressBook book = new AddressBook(keys, List.of(), Map.of());

    @Test
    void handsOutEachAddressOnce() {
        assertThat(book.nextReceiving().orElseThrow().index()).isZero();
        assertThat(book.nextReceiving().orElseThrow().index()).isEqualTo(1);
        assertThat(book.nextChange()).isEqualTo(new WalletAddress(Branch.CHANGE, 0,
                keys.key(Branch.CHANGE, 0).address()));
        assertThat(book.key(keys.key(Branch.RECEIVE, 1).address())).contains(keys.key(Branch.RECEIVE, 1));
        assertThat(book.key(TestKeys.key(1).address())).isEmpty();
    }

    @Test
    void neverHandsOutWhatARestoreWouldMiss() {
        for (int i = 0; i < KeyChain.GAP_LIMIT; i++) {
            book.nextReceiving().orElseThrow();
            book.nextChange();
        }
        assertThat(book.nextReceiving()).isInstanceOfSatisfying(Outcome.Refused.class,
                it -> {
                    assertThat(it.violation().rule()).isEqualTo(Rule.WLT_GAP);
                    assertThat(it.violation().values())
                            .containsEntry("firstUnused", keys.key(Branch.RECEIVE, 0).address().toString())
                            .containsEntry("lastHandedOut",
                                    keys.key(Branch.RECEIVE, KeyChain.GAP_LIMIT - 1).address().toString())
                            .containsKey("wayOut");
                });
        assertThat(book.nextChange().index()).isZero();
        book.markUsed(keys.key(Branch.RECEIVE, 0).address());
        assertThat(book.nextReceiving().orElseThrow().index()).isEqualTo(KeyChain.GAP_LIMIT);
    }

    @Test
    void thereIsAWayOnWhereAsManyAreOutAsARestoreLooksAhead() {
        for (int i = 0; i < KeyChain.GAP_LIMIT; i++) {
            book.nextReceiving().orElseThrow();
        }
        book.markUsed(keys.key(Branch.RECEIVE, KeyChain.GAP_LIMIT - 1).address());
        for (int i = 0; i < KeyChain.GAP_LIMIT; i++) {
            assertThat(book.nextReceiving().orElseThrow().index()).isEqualTo(KeyChain.GAP_LIMIT + i);
        }
    }

    @Test
    void aScanFindsAllThatWasUsed() {
        List<Address> used = new ArrayList<>();
        for (int index = KeyChain.GAP_LIMIT - 1; index < 3 * KeyChain.GAP_LIMIT; index += KeyChain.GAP_LIMIT) {
            used.add(keys.key(Branch.RECEIVE, index).address());
        }
        for (Address address : used) {
            assertThat(book.key(address)).as("known before it is met").isPresent();
            assertThat(book.markUsed(address)).hasSize(KeyChain.GAP_LIMIT);
        }
        assertThat(book.nextReceiving().orElseThrow().index()).isEqualTo(3 * KeyChain.GAP_LIMIT);
        assertThat(book.markUsed(used.getFirst())).as("seen again").isEmpty();
    }

    @Test
    void goesOnFromWhatWasStored() {
        book.nextReceiving().orElseThrow();
        book.nextReceiving().orElseThrow();
        book.markUsed(keys.key(Branch.RECEIVE, 5).address());
        AddressBook again = new AddressBook(keys, book.addresses(),
                Map.of(Branch.RECEIVE, book.progress(Branch.RECEIVE)));
        assertThat(again.addresses()).isEqualTo(book.addresses());
        assertThat(again.nextReceiving()).isEqualTo(book.nextReceiving());
    }
}
