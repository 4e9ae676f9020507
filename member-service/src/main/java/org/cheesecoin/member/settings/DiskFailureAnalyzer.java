package org.cheesecoin.member.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says which file the disk did not take, in place of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class DiskFailureAnalyzer extends AbstractFailureAnalyzer<DiskFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DiskFailure cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
