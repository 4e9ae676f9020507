package org.cheesecoin.tracker.registry;

import java.util.List;

/**
 * The base URLs under which members know this tracker. A member signs the one that it was told, so that its request
 * holds at no other tracker. Where none are configured, they are the loopback names with the port that was opened.
 */
public final class TrackerNames {

    private final List<String> configured;
    private volatile List<String> urls;

    /** With the configured URLs, which may be none; members sign them without a slash at the end. */
    public TrackerNames(List<String> configured) {
        this.configured = configured.stream().map(it -> it.replaceAll("/+$", "")).toList();
        this.urls = this.configured;
    }

    /** Tells it which port was opened. */
    public void listensOn(int port) {
        if (configured.isEmpty()) {
            urls = List.of("http://127.0.0.1:" + port, "http://localhost:" + port);
        }
    }

    /** Any of these may be signed. */
    public List<String> urls() {
        return urls;
    }
}
