package org.cheesecoin.web.start;

import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** One line for a setting that is not of its type (a word for a number), out of its range, or that does not exist. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final String NOT_SHOWN = "(not shown)";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        String description = switch (cause.getCause()) {
            case UnboundConfigurationPropertiesException unknown -> unknown(unknown);
            case BindValidationException invalid -> invalid(invalid.getValidationErrors());
            case null, default -> ofAnotherType(cause);
        };
        return new FailureAnalysis(description, null, cause);
    }

    private static String unknown(UnboundConfigurationPropertiesException unknown) {
        return "There is no setting " + unknown.getUnboundProperties().stream()
                .map(it -> it.getName().toString()).sorted().collect(Collectors.joining(", "));
    }

    private static String invalid(ValidationErrors errors) {
        return errors.getAllErrors().stream().map(it -> line(errors, it)).sorted().collect(Collectors.joining("; "));
    }

    private static String line(ValidationErrors errors, ObjectError error) {
        if (error instanceof FieldError field) {
            String name = errors.getName() + "." + dashed(field.getField());
            return "%s is '%s': it %s".formatted(
                    name, shown(name, field.getRejectedValue()), field.getDefaultMessage());
        }
        return errors.getName() + " " + error.getDefaultMessage();
    }

    /** As a setting is written: {@code callsPerMinute} is {@code calls-per-minute}. */
    private static String dashed(String field) {
        return field.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String ofAnotherType(BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        String name = property == null ? cause.getName().toString() : property.getName().toString();
        String type = String.valueOf(cause.getTarget().getType()).replaceAll("^.*\\.", "");
        String range = type.equals("Path")
                ? "a path of this system; one with letters beyond ASCII needs a locale of UTF-8, as LC_ALL=C.UTF-8"
                : "a value of type " + type;
        return "%s is '%s': it must be %s".formatted(
                name, shown(name, property == null ? NOT_SHOWN : property.getValue()), range);
    }

    private static Object shown(String name, @Nullable Object value) {
        return value == null || isSecret(name) ? NOT_SHOWN : value;
    }

    private static boolean isSecret(String name) {
        return name.matches(".*(token|passphrase|password|secret|private-key).*|.*\\.words");
    }
}
