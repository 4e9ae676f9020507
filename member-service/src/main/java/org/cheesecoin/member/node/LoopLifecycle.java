package org.cheesecoin.member.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Starts the loop once the web server serves, when its port is known, and stops it before the server stops. */
public final class LoopLifecycle implements SmartLifecycle {

    static final int PHASE = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;

    private final Supplier<NodeLoop> loops;
    private final List<BackgroundWork> background;
    private volatile Optional<NodeLoop> loop = Optional.empty();

    LoopLifecycle(Supplier<NodeLoop> loops, List<BackgroundWork> background) {
        this.loops = loops;
        this.background = List.copyOf(background);
    }

    @Override
    public void start() {
        NodeLoop started = loops.get();
        loop = Optional.of(started);
        started.start();
        background.forEach(BackgroundWork::begin);
    }

    @Override
    public void stop() {
        background.forEach(BackgroundWork::end);
        loop.ifPresent(NodeLoop::stop);
        loop = Optional.empty();
    }

    @Override
    public boolean isRunning() {
        return loop.isPresent();
    }

    /** The loop; none before it started and after it stopped. */
    public Optional<NodeLoop> loop() {
        return loop;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
