package org.cheesecoin.chain.wallet;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;

/**
 * One key of a wallet with its place. Its text form hides the private key.
 *
 * @param branch which line of addresses
 * @param index which of the line, from 0
 * @param privateKey signs
 * @param publicKey goes into the witness
 * @param address of the public key
 */
public record WalletKey(Branch branch, int index, PrivateKey privateKey, PublicKey publicKey, Address address) {

    /** The path as people write it, as {@code m/44'/1'/0'/0/7}. */
    public String path() {
        return KeyChain.ACCOUNT_PATH + "/" + branch.number() + "/" + index;
    }
}
