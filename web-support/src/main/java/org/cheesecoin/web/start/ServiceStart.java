package org.cheesecoin.web.start;

import org.springframework.boot.SpringApplication;

/** Starts a service as the whole of its process. */
public final class ServiceStart {

    private ServiceStart() {}

    /**
     * Starts it. Where it cannot start, Spring says why, and the process ends with the status that says whether starting it
     * again may help ({@link EndStatus}), or with 1 where nobody knows.
     *
     * @param service its configuration
     * @param arguments settings as {@code --name=value}
     */
    public static void run(Class<?> service, String... arguments) {
        try {
            SpringApplication.run(service, arguments);
        } catch (RuntimeException e) {
            // Spring's own way to a status publishes an event, for which a context that failed prints a stack trace.
            EndStatus.of(e).ifPresent(status -> System.exit(status.code()));
            throw e;
        }
    }
}
