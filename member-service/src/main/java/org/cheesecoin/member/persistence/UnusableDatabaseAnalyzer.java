package org.cheesecoin.member.persistence;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a member did not start because of its database, in place of a stack trace. */
class UnusableDatabaseAnalyzer extends AbstractFailureAnalyzer<UnusableDatabase> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableDatabase cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
