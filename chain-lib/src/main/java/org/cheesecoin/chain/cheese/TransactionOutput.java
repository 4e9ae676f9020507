package org.cheesecoin.chain.cheese;

/**
 * An amount and who may spend it.
 *
 * @param amount more than zero
 * @param address the owner
 */
public record TransactionOutput(Amount amount, Address address) {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = 8 + Address.ENCODED_BYTES;

    /** Checks TRX-AMOUNT-ZERO. */
    public TransactionOutput {
        if (amount.crumbs() == 0) {
            throw new MalformedException(Violation.of(Rule.TRX_AMOUNT_ZERO).with("address", address));
        }
    }

    static TransactionOutput read(ByteReader reader) {
        return new TransactionOutput(new Amount(reader.u64()), Address.read(reader));
    }

    void write(ByteWriter writer) {
        writer.u64(amount.crumbs());
        address.write(writer);
    }
}
