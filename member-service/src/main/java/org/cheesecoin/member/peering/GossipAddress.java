package org.cheesecoin.member.peering;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Host;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.web.start.BadSetting;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where others can dial this member: as the settings say, or where its server listens. */
@Component
public class GossipAddress {

    private static final String LOOPBACK = "127.0.0.1";

    private final MemberProperties properties;
    private final Environment environment;
    private volatile int serverPort;

    GossipAddress(MemberProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @EventListener
    void serverStarted(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            serverPort = event.getWebServer().getPort();
        }
    }

    /**
     * The URL that others are told. It is known once the server serves.
     *
     * @throws IllegalStateException before that
     */
    public GossipUrl url() {
        return properties.gossip().publicUrl().orElseGet(this::ofServer);
    }

    private GossipUrl ofServer() {
        int port = properties.gossip().port() == 0 ? serverPort : properties.gossip().port();
        if (port == 0) {
            throw new IllegalStateException("the server does not serve yet");
        }
        String scheme = environment.containsProperty("server.ssl.bundle") ? "wss" : "ws";
        return new GossipUrl(scheme + "://" + host() + ":" + port + "/gossip");
    }

    private String host() {
        String bound = environment.getProperty("server.address", LOOPBACK);
        if (!bound.equals("0.0.0.0") && !bound.equals("::")) {
            String host = bound.contains(":") ? "[" + bound + "]" : bound;
            Host.faultOf(host).ifPresent(fault -> {
                throw BadSetting.of("server.address", bound, "an address or a name that others can dial (" + fault
                        + "), or cheesecoin.gossip.url must say where they can");
            });
            return host;
        }
        try {
            return ofMachine(InetAddress.getLocalHost());
        } catch (UnknownHostException _) {
            return LOOPBACK;
        }
    }

    /** The machine's name; its address where the name is not one that others could dial, as one with '_'. */
    static String ofMachine(InetAddress machine) {
        String name = machine.getHostName();
        if (Host.faultOf(name).isEmpty()) {
            return name;
        }
        String address = machine.getHostAddress();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return Host.faultOf(host).isEmpty() ? host : LOOPBACK;
    }
}
