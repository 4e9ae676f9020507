package org.cheesecoin.webtest;

import java.util.Objects;
import java.util.Optional;

import org.cheesecoin.web.start.EndStatus;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Why a service did not start.
 *
 * @param description what its owner is told, in place of a stack trace; empty where it would be a stack trace
 * @param status with which its process would end; 1 where nobody knows
 */
public record StartFailure(String description, int status) {

    private static final int UNKNOWN = 1;

    /** What is made of this failure. */
    public static StartFailure of(Throwable failure) {
        // those of Spring's own that want more than the failure are left out
        Optional<String> description = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (_, _, _) -> {})
                .stream()
                .map(it -> it.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .map(FailureAnalysis::getDescription);
        return new StartFailure(description.orElse(""), EndStatus.of(failure).map(EndStatus::code).orElse(UNKNOWN));
    }

    /** Starts the service with these arguments, which must fail. */
    public static StartFailure of(Class<?> service, String... arguments) {
        try (ConfigurableApplicationContext _ = new SpringApplication(service).run(arguments)) {
            throw new AssertionError("it has started");
        } catch (RuntimeException e) {
            return of(e);
        }
    }
}
