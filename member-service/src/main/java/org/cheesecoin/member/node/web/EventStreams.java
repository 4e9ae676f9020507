package org.cheesecoin.member.node.web;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Refusal;
import org.cheesecoin.web.guard.Share;
import org.cheesecoin.web.guard.Shares;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * The open streams of events, each with a virtual thread that reads the ring. They are closed before all else at
 * shutdown: one that stays open holds the web server's stop for its whole grace period.
 */
@Component
class EventStreams implements SmartLifecycle {

    /** Streams that may be open at once. */
    static final int MAX_STREAMS = 64;

    /**
     * Of them, those of one address: a browser keeps six connections to one host at most, so two of them, a wallet and
     * a monitor on one laptop fit, and four such laptops.
     */
    static final int MAX_STREAMS_OF_ADDRESS = 16;

    /** A comment this often keeps a quiet stream open and shows which reader has gone. */
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int EVENTS_AT_ONCE = 256;
    private static final long RETRY_AFTER_SECONDS = 10;
    private static final long NO_TIMEOUT = 0;
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final EventRing ring;
    private final Shares places = new Shares(new Share(MAX_STREAMS, MAX_STREAMS_OF_ADDRESS));
    private volatile State state = State.OPEN;

    private enum State {
        OPEN, CLOSED
    }

    EventStreams(EventLog log) {
        this.ring = log.ring();
    }

    /**
     * A stream from now on, or from after an earlier event.
     *
     * @param address whose places it takes one of
     * @throws Refusal if too many are open
     */
    SseEmitter open(String address, Optional<String> lastEventId) {
        if (state == State.CLOSED) {
            throw new Refusal(Problem.NOT_READY, "The member is stopping");
        }
        switch (places.take(address, 1)) {
            case YES -> {}
            case EACH_FULL -> throw tooMany(MAX_STREAMS_OF_ADDRESS + " streams of events are open to one address");
            case ALL_FULL -> throw tooMany(MAX_STREAMS + " streams of events are open");
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        AtomicBoolean gone = new AtomicBoolean();
        emitter.onCompletion(() -> gone.set(true));
        emitter.onError(_ -> gone.set(true));
        Thread.ofVirtual().name("events").start(() -> {
            try {
                serve(emitter, gone, lastEventId);
            } finally {
                places.give(address, 1);
            }
        });
        return emitter;
    }

    private static Refusal tooMany(String open) {
        return Refusal.retryLater(Problem.TOO_MANY_REQUESTS, open + ", and there may be no more",
                RETRY_AFTER_SECONDS);
    }

    private void serve(SseEmitter emitter, AtomicBoolean gone, Optional<String> lastEventId) {
        try {
            long sequence = begin(emitter, lastEventId);
            while (!gone.get()) {
                switch (ring.after(sequence, HEARTBEAT_MILLIS, EVENTS_AT_ONCE)) {
                    case EventRing.Reading.Events(var events) when events.isEmpty() ->
                            emitter.send(SseEmitter.event().comment(""));
                    case EventRing.Reading.Events(var events) -> {
                        for (EventRing.Numbered event : events) {
                            emitter.send(event(event));
                            sequence = event.sequence();
                        }
                    }
                    // too slow: it comes again with its last id, and learns that it missed some
                    case EventRing.Reading.Lost(),EventRing.Reading.Closed() -> {
                        emitter.complete();
                        return;
                    }
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A reader of events has gone", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private long begin(SseEmitter emitter, Optional<String> lastEventId) throws IOException {
        long last = ring.last();
        if (lastEventId.isEmpty()) {
            emitter.send(SseEmitter.event().comment("from here on"));
            return last;
        }
        Optional<Long> known = ring.sequence(lastEventId.get());
        if (known.isEmpty()) {
            emitter.send(SseEmitter.event().id(ring.id(last)).name("reset").data("{}", MediaType.APPLICATION_JSON));
        } else {
            emitter.send(SseEmitter.event().comment("resumed"));
        }
        return known.orElse(last);
    }

    private SseEventBuilder event(EventRing.Numbered event) {
        return SseEmitter.event()
                .id(ring.id(event.sequence()))
                .name(event.event().name())
                .data(event.event(), MediaType.APPLICATION_JSON);
    }

    @Override
    public void start() {
        state = State.OPEN;
    }

    @Override
    public void stop() {
        state = State.CLOSED;
        ring.close();
    }

    @Override
    public boolean isRunning() {
        return state == State.OPEN;
    }

    /** The last to start and the first to stop, before the web server's grace period begins. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
