package org.cheesecoin.system;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;

/** Prints the ends of all logs where a test fails, before the processes are ended and their folders removed. */
final class LogsOnFailure implements AfterTestExecutionCallback, LifecycleMethodExecutionExceptionHandler {

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println("=== " + context.getDisplayName() + " failed; the logs end with");
            printLogs();
        }
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        printLogs();
        throw failure;
    }

    private static void printLogs() {
        Launcher.printLogs();
        Compose.printLogs();
    }
}
