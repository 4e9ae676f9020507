package org.cheesecoin.member.wallet.web;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wallet.PaymentDraft;
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** A draft as members pass it to each other: everything that a signer needs to see what it signs. */
@Schema(name = "Draft")
record DraftDocument(
        @Schema(description = "The network that it is meant for", example = Examples.SMELL) String networkId,
        @Schema(description = "What is signed: the payment's encoding without witnesses, hex. Inputs ascend; outputs "
                + "ascend by amount, then address", example = Examples.BODY) String body,
        @ArraySchema(maxItems = PaymentDraft.MAX_SOURCES, schema = @Schema(example = Examples.COINBASE),
                arraySchema = @Schema(description = "The transactions that it spends from, each in full, hex")) List<
                        String> spent,
        @Schema(description = "The signatures so far") List<WitnessDocument> witnesses) {

    /** A signature. */
    @Schema(name = "DraftWitness")
    record WitnessDocument(
            @Schema(description = "66 hex digits, compressed", example = Examples.PUBLIC_KEY) String publicKey,
            @Schema(description = "128 hex digits, r and s", example = Examples.SIGNATURE) String signature) {}

    static DraftDocument of(PaymentDraft draft) {
        HexFormat hex = HexFormat.of();
        return new DraftDocument(
                draft.networkId().toHex(),
                hex.formatHex(draft.body().orElseThrow().toBytes()),
                draft.sources().stream().map(it -> hex.formatHex(it.toBytes())).toList(),
                draft.witnesses().stream()
                        .map(it -> new WitnessDocument(hex.formatHex(it.publicKey().toBytes()),
                                hex.formatHex(it.signature().toBytes())))
                        .toList());
    }

    /** Reads it; the ids of what it spends are computed here and not taken from anybody. */
    PaymentDraft toDraft() {
        if (spent.size() > PaymentDraft.MAX_SOURCES) {
            throw Refusal.invalid("spent", spent.size() + " transactions",
                    "a list of at most " + PaymentDraft.MAX_SOURCES);
        }
        Smell network = Parameters.smell("networkId", networkId);
        PaymentBody payment = read("body", body, bytes -> orRefuse(PaymentBody.decode(bytes)));
        List<Transaction> sources = spent.stream()
                .map(it -> read("spent", it, bytes -> orRefuse(Transaction.decode(bytes))))
                .toList();
        List<Witness> signed = witnesses.stream()
                .map(it -> new Witness(read("publicKey", it.publicKey(), PublicKey::of),
                        read("signature", it.signature(), Signature::of)))
                .toList();
        return orRefuse(PaymentDraft.of(network, payment, sources, signed));
    }

    static <T> T orRefuse(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Passed<T>(T value) -> value;
            case Outcome.Refused<T>(Violation violation) -> throw PaymentRefusals.of(violation);
        };
    }

    private static <T> T read(String name, String text, Function<byte[], T> reader) {
        try {
            return reader.apply(HexFormat.of().parseHex(text));
        } catch (MalformedException e) {
            throw PaymentRefusals.of(e.violation());
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid(name, Parameters.echo(text), "hex of the right length");
        }
    }
}
