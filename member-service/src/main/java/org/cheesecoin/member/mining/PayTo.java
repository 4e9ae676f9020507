package org.cheesecoin.member.mining;

import org.cheesecoin.chain.cheese.Address;

/** Whom this member's cheeses pay: an address from the settings, or the wallet's. */
@FunctionalInterface
public interface PayTo {

    /** The address for the next cheese. Any thread may ask. */
    Address address();
}
