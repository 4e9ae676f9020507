package org.cheesecoin.web.end;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an error that nobody caught, in whichever thread: one of the virtual machine, as of memory that it lacks
 * for a buffer or a thread, ends the process; any other is logged. Not a stack that was too deep: that is one thread's own,
 * and a stranger's input must not be able to end all.
 */
final class DeadlyErrors implements UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlyErrors.class);

    private final Consumer<String> end;

    DeadlyErrors(Consumer<String> end) {
        this.end = end;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            end.accept("the thread " + thread.getName() + " died of " + thrown);
        } else {
            LOG.error("The thread {} died", thread.getName(), thrown);
        }
    }
}
