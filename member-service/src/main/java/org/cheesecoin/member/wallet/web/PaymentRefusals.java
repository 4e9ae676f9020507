package org.cheesecoin.member.wallet.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;

/** Says why a payment was not made. */
final class PaymentRefusals {

    private PaymentRefusals() {}

    static Refusal of(Violation violation) {
        if (violation.rule() == Rule.POL_NOT_READY) {
            return Answers.notReady(violation.message());
        }
        Problem problem = violation.rule().level() == Rule.Level.WALLET
                ? Problem.PAYMENT_REFUSED
                : Problem.RULE_BROKEN;
        String detail = violation.rule() == Rule.WLT_FUNDS ? funds(violation.values()) : violation.message();
        return new Refusal(new ProblemDocument(
                problem, detail, Optional.of(violation), violation.values(), new LinkedHashMap<>()));
    }

    private static String funds(Map<String, String> values) {
        StringBuilder detail = new StringBuilder("The payment and its fee need %s crumbs; %s can be spent now."
                .formatted(values.get("neededCrumbs"), values.get("availableCrumbs")));
        if (values.containsKey("nextMatureHeight")) {
            detail.append(" %s more are immature, the first of them until the stack has height %s; it has %s."
                    .formatted(values.get("immatureCrumbs"), values.get("nextMatureHeight"), values.get("height")));
        }
        if (values.containsKey("enoughAtHeight")) {
            detail.append(" From height %s on there is enough.".formatted(values.get("enoughAtHeight")));
        }
        if (!"0".equals(values.get("pendingInCrumbs"))) {
            detail.append(" %s more are in payments that wait for a cheese.".formatted(values.get("pendingInCrumbs")));
        }
        return detail.toString();
    }
}
