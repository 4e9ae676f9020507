package org.cheesecoin.member.peering;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import javax.net.ssl.SSLSocketFactory;

import org.apache.catalina.connector.Connector;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.web.MonotonicClock;
import org.cheesecoin.web.ProgramVersion;
import org.cheesecoin.web.start.TrustBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The gossip endpoint and the way to others'. */
@Configuration(proxyBeanMethods = false)
class PeeringConfiguration {

    /** Where members speak to each other. */
    static final String PATH = "/gossip";

    private static final Duration TRACKER_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    GossipTraffic gossipTraffic() {
        return new GossipTraffic();
    }

    @Bean
    GossipLimits gossipLimits() {
        return GossipLimits.of(MemoryPlan.ofThisProcess());
    }

    @Bean
    Answers answers(Mailbox mailbox, CheeseReader reader, GossipLimits limits) {
        return new Answers(reader, mailbox, limits);
    }

    @Bean
    Connections connections(Mailbox mailbox, Answers answers, GossipTraffic traffic, GossipLimits limits,
            MonotonicClock clock) {
        return new Connections(mailbox, answers, traffic, limits, clock);
    }

    @Bean
    Dialler dialler(
            Connections connections,
            Mailbox mailbox,
            GossipLimits limits,
            MonotonicClock clock,
            MemberProperties properties,
            SslBundles bundles) {
        SSLSocketFactory tls = properties
                .gossip()
                .sslBundle()
                .map(bundle -> TrustBundle.context("cheesecoin.gossip.ssl-bundle", bundle, bundles).getSocketFactory())
                .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
        return new Dialler(tls, connections, mailbox, limits, clock);
    }

    @Bean
    Deadlines gossipDeadlines(Connections connections, Dialler dialler) {
        return new Deadlines(connections, dialler);
    }

    @Bean
    Gossip gossip(Connections connections, Answers answers, Dialler dialler) {
        return new Gossip(connections, answers, dialler);
    }

    /**
     * Tomcat uses the buffers of a closed connection again for the next one. A link's threads may still look at them when
     * somebody else closes it: they must not read what another sent.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> buffersOfOneConnection() {
        return factory -> factory.addConnectorCustomizers(PeeringConfiguration::useBuffersOnce);
    }

    /** For each connector on which members are served. */
    static void useBuffersOnce(Connector connector) {
        connector.setProperty("socket.bufferPool", "0");
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
                HeapShares.nodeLimits(MemoryPlan.ofThisProcess()),
                HeapShares.mempoolLimits(MemoryPlan.ofThisProcess()),
                HeapShares.stackLimits(MemoryPlan.ofThisProcess()));
    }

    @Bean
    Trackers trackers(MemberProperties properties) {
        return new Trackers(properties.trackerUrls(), MonotonicClock.system());
    }

    @Bean
    TrackerClient trackerClient(
            SignatureScheme signatures,
            NodeKey nodeKey,
            Mailbox mailbox,
            InstantSource clock,
            Trackers trackers) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(TRACKER_TIMEOUT).build());
        requests.setReadTimeout(TRACKER_TIMEOUT);
        return new TrackerClient(
                RestClient.builder()
                        .requestFactory(requests)
                        .defaultHeader(HttpHeaders.USER_AGENT, ProgramVersion.userAgent())
                        .build(),
                signatures,
                nodeKey,
                mailbox,
                clock,
                trackers,
                ProgramVersion.text());
    }
}
