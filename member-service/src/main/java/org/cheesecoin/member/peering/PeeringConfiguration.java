package org.cheesecoin.member.peering;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.settings.MemberProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** The gossip endpoint and the way to others'. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class PeeringConfiguration {

    /** Where members speak to each other. */
    static final String PATH = "/gossip";

    private static final Duration TRACKER_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    GossipTraffic gossipTraffic() {
        return new GossipTraffic();
    }

    @Bean
    Connections connections(Mailbox mailbox, CheeseReader reader, GossipTraffic traffic) {
        return new Connections(mailbox, reader, traffic);
    }

    @Bean
    Dialler dialler(Connections connections, Mailbox mailbox, MemberProperties properties, SslBundles bundles) {
        StandardWebSocketClient client = new StandardWebSocketClient();
        properties
                .gossip()
                .sslBundle()
                .map(bundles::getBundle)
                .ifPresent(bundle -> client.setSslContext(bundle.createSslContext()));
        return new Dialler(client, connections, mailbox);
    }

    @Bean
    Gossip gossip(Connections connections, Dialler dialler) {
        return new Gossip(connections, dialler);
    }

    /** What the node is given; where it listens is known only once the server serves. */
    @Bean
    Supplier<NodeConfig> nodeConfig(
            Network network,
            SignatureScheme signatures,
            NodeKey nodeKey,
            GossipAddress address,
            MemberProperties properties) {
        return () -> new NodeConfig(
                network,
                signatures,
                nodeKey.privateKey(),
                Optional.of(address.url()),
                properties.peers().stream().map(GossipUrl::new).toList(),
                HeapShares.nodeLimits(Runtime.getRuntime().maxMemory()),
                HeapShares.mempoolLimits(Runtime.getRuntime().maxMemory()),
                HeapShares.stackLimits(Runtime.getRuntime().maxMemory()));
    }

    @Bean
    TrackerClient trackerClient(
            SignatureScheme signatures,
            NodeKey nodeKey,
            Mailbox mailbox,
            InstantSource clock,
            MemberProperties properties,
            ObjectProvider<BuildProperties> build) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(TRACKER_TIMEOUT).build());
        requests.setReadTimeout(TRACKER_TIMEOUT);
        String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        return new TrackerClient(
                RestClient.builder().requestFactory(requests).build(),
                signatures,
                nodeKey,
                mailbox,
                clock,
                properties.trackerUrls(),
                version);
    }

    @Bean
    WebSocketConfigurer gossipEndpoint(Connections connections, Mailbox mailbox) {
        return (WebSocketHandlerRegistry registry) -> registry
                .addHandler(new GossipHandler(connections, mailbox, Optional.empty()), PATH);
    }
}
