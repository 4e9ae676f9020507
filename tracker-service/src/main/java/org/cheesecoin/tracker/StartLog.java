package org.cheesecoin.tracker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.tracker.liveness.TrackerIdentity;
import org.cheesecoin.tracker.registry.TrackerNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells the tracker's names of the port, and the reader of the log what was started. */
@Component
class StartLog {

    private static final Logger LOG = LoggerFactory.getLogger(StartLog.class);

    private final TrackerNames names;
    private final TrackerIdentity identity;
    private final Environment environment;

    StartLog(TrackerNames names, TrackerIdentity identity, Environment environment) {
        this.names = names;
        this.identity = identity;
        this.environment = environment;
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

    /** Members of other machines sign a name that this tracker has not, where nobody gave it one. */
    @EventListener(ApplicationReadyEvent.class)
    void namesForOthers() {
        String bound = environment.getProperty("server.address", "0.0.0.0");
        boolean isForOthers = Optional.ofNullable(new InetSocketAddress(bound, 0).getAddress())
                .filter(InetAddress::isLoopbackAddress)
                .isEmpty();
        if (isForOthers && names.urls().stream().allMatch(it -> new TrackerUrl(it).host().isLoopback())) {
            LOG.warn("This tracker listens on {} and is called {}: members of other machines get no lease. Set "
                    + "CHEESECOIN_TRACKER_URL to what their CHEESECOIN_TRACKERS says, as http://192.168.1.5:8080",
                    bound, String.join(" or ", names.urls()));
        }
    }
}
