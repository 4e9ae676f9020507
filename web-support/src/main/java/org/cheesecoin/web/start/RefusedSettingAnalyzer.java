package org.cheesecoin.web.start;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** One line for a setting of Spring's own that Spring refuses. */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class RefusedSettingAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
        return new FailureAnalysis(
                "%s is '%s': %s".formatted(cause.getName(), cause.getValue(), cause.getReason()), null, cause);
    }
}
