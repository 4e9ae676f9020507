package org.cheesecoin.web.end;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Ends a program that serves nobody any more: one of its ports has lost a thread that it needs, or what else the program
 * cannot live without has failed. It looks at threads and does not connect to its own ports, since a port may be full of
 * strangers, which is no reason to end.
 */
final class Watchdog implements SmartLifecycle, ApplicationListener<WebServerInitializedEvent> {

    /** From one look to the next, in milliseconds. */
    static final long LOOK_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final List<Vital> vitals;
    private final Consumer<String> end;
    private final List<Thread> servers = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("watchdog").daemon().unstarted(this::watch);
    private volatile State state = State.NEW;

    private enum State {
        NEW, WATCHING, STOPPED
    }

    /**
     * @param vitals what else the program cannot live without
     * @param end is told the reason; the process should not outlive it
     */
    Watchdog(List<Vital> vitals, Consumer<String> end) {
        this.vitals = List.copyOf(vitals);
        this.end = end;
    }

    /** A server has started: the program's own, or that of a management port. */
    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getWebServer() instanceof TomcatWebServer server) {
            servers.addAll(ServerThreads.of(server.getTomcat()));
        }
    }

    @Override
    public void start() {
        state = State.WATCHING;
        thread.start();
    }

    private void watch() {
        try {
            while (state == State.WATCHING) {
                lookSafely();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody would notice that nobody looks any more. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("Could not look, and looks again", e);
        } catch (Error e) {
            end.accept("the watchdog itself failed: " + e);
        }
    }

    /** Looks once. */
    void look() {
        Optional<String> reason = servers.stream().filter(it -> !it.isAlive()).findFirst()
                .map(it -> "the thread " + it.getName() + ", without which a port serves nobody, has died")
                .or(() -> vitals.stream().map(Supplier::get).flatMap(Optional::stream).findFirst());
        // at a stop this watchdog is told before the servers are
        if (reason.isPresent() && state == State.WATCHING) {
            end.accept(reason.get());
        }
    }

    /** Does not wait for its thread, which may be the one that ends the process. */
    @Override
    public void stop() {
        state = State.STOPPED;
    }

    @Override
    public boolean isRunning() {
        return state == State.WATCHING;
    }

    /** After every server has begun, until before the first ends. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
