package org.cheesecoin.web.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says why a service did not start because of a setting, in place of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class BadSettingAnalyzer extends AbstractFailureAnalyzer<BadSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BadSetting cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
