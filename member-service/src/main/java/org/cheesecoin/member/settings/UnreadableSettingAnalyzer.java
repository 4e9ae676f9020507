package org.cheesecoin.member.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** One line for a setting of ours that is not of its type (a word for a number) or that does not exist. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!cause.getName().toString().startsWith(MemberProperties.PREFIX)) {
            return null;
        }
        if (cause.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
            String names = String.join(", ",
                    unknown.getUnboundProperties().stream().map(it -> it.getName().toString()).sorted().toList());
            return new FailureAnalysis("There is no setting " + names, null, cause);
        }
        ConfigurationProperty property = cause.getProperty();
        String name = property == null ? cause.getName().toString() : property.getName().toString();
        Object value = property == null || isSecret(name) ? "(not shown)" : property.getValue();
        String type = String.valueOf(cause.getTarget().getType()).replaceAll("^.*\\.", "");
        String range = type.equals("Path")
                ? "a path of this system; one with letters beyond ASCII needs a locale of UTF-8, as LC_ALL=C.UTF-8"
                : "a value of type " + type;
        return new FailureAnalysis("%s is '%s': it must be %s".formatted(name, value, range), null, cause);
    }

    private static boolean isSecret(String name) {
        return name.contains("token") || name.contains("passphrase") || name.endsWith(".words");
    }
}
