package org.cheesecoin.tracker;

import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.tracker.liveness.TrackerIdentity;
import org.cheesecoin.tracker.registry.TrackerNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the tracker's names of the port, and the reader of the log what was started. */
@Component
class StartLog {

    private static final Logger LOG = LoggerFactory.getLogger(StartLog.class);

    private final TrackerNames names;
    private final TrackerIdentity identity;

    StartLog(TrackerNames names, TrackerIdentity identity) {
        this.names = names;
        this.identity = identity;
    }

    @EventListener
    void portOpened(WebServerInitializedEvent event) {
        names.listensOn(event.getWebServer().getPort());
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        LOG.info("Tracker ready at {}, node id {}, API at {}/swagger-ui.html, signatures by {}",
                names.urls(), identity.nodeId(), names.urls().getFirst(), SignatureSchemes.fastest().reason());
    }
}
