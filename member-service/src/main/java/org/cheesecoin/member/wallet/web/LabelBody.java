package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.GivenAddress;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/addresses} and {@code PUT /wallet/addresses/{address}}. */
@Schema(name = "AddressLabel")
record LabelBody(
        @Schema(description = "What the owner calls it, printable characters; blanks around it do not count; left out: "
                + "nothing. It stays on this member: words do not restore it", minLength = 1, maxLength = 100,
                example = "rent") Optional<String> label) {

    /** The label, checked. */
    static Optional<String> checked(Optional<LabelBody> body) {
        Optional<String> label = body.flatMap(LabelBody::label).map(GivenText::strip);
        label.filter(it -> it.isEmpty()
                || it.length() > GivenAddress.MAX_LABEL_CHARS
                || it.codePoints().anyMatch(LabelBody::isUnprintable)).ifPresent(it -> {
                    throw new Refusal(ProblemDocument.of(Problem.INVALID_VALUE,
                            Violation.of(Rule.WLT_LABEL).with("label", Parameters.echo(it)).with("chars",
                                    it.length())));
                });
        return label;
    }

    /** Control characters, and halves of a surrogate pair, which no database keeps. */
    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
