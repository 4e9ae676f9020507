package org.cheesecoin.chain.cheese;

import java.util.List;

/** The list of outputs, which payments and coinbases share. */
final class Outputs {

    private Outputs() {}

    static List<TransactionOutput> read(ByteReader reader) {
        int count = reader.count("outputs", reader.u16(), Transaction.MAX_OUTPUTS, TransactionOutput.BYTES);
        return reader.list(count, TransactionOutput::read);
    }

    static void write(ByteWriter writer, List<TransactionOutput> outputs) {
        writer.u16(outputs.size());
        outputs.forEach(output -> output.write(writer));
    }

    /** Checks ENC-LIMIT and TRX-AMOUNT-SUM, and takes a copy. */
    static List<TransactionOutput> checked(List<TransactionOutput> outputs) {
        if (outputs.size() > Transaction.MAX_OUTPUTS) {
            throw new MalformedException(
                    Violation.of(Rule.ENC_LIMIT).with("list", "outputs").with("count", outputs.size()));
        }
        Amount sum = Amount.ZERO;
        for (TransactionOutput output : outputs) {
            sum = sum.plus(output.amount());
        }
        return List.copyOf(outputs);
    }
}
