package org.cheesecoin.member.node;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.peering.Connections;
import org.cheesecoin.member.peering.Dialler;
import org.cheesecoin.member.peering.GossipAddress;
import org.cheesecoin.member.peering.NodeKey;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.settings.MemberProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the loop together. It starts when the web server serves, and stops before it does. */
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    Mailbox mailbox() {
        return new Mailbox(LoopSettings.DEFAULT.mailboxTasks());
    }

    @Bean(destroyMethod = "close")
    Checks checks(Network network, SignatureScheme signatures, Mailbox mailbox) {
        return new Checks(network.id(), signatures, mailbox);
    }

    @Bean
    LoopLifecycle loopLifecycle(
            MemberDatabase database,
            NodeSettings settings,
            Mailbox mailbox,
            Connections connections,
            Dialler dialler,
            Checks checks,
            List<LoopFollower> followers,
            List<BackgroundWork> background,
            InstantSource clock) {
        Effects effects = new Effects(connections, dialler, checks);
        return new LoopLifecycle(
                () -> new NodeLoop(
                        new NodeFactory(database, settings.config(), new SecureRandom(), clock),
                        mailbox,
                        effects,
                        followers,
                        clock,
                        LoopSettings.DEFAULT),
                background);
    }

    @Bean
    NodeSettings nodeSettings(
            Network network,
            SignatureScheme signatures,
            NodeKey nodeKey,
            GossipAddress address,
            MemberProperties properties) {
        return new NodeSettings(network, signatures, nodeKey, address, properties);
    }

    /** What a node is given; where it listens is known only when the server serves. */
    record NodeSettings(
            Network network,
            SignatureScheme signatures,
            NodeKey nodeKey,
            GossipAddress address,
            MemberProperties properties) {

        NodeConfig config() {
            return new NodeConfig(
                    network,
                    signatures,
                    nodeKey.privateKey(),
                    Optional.of(address.url()),
                    properties.peers().stream().map(GossipUrl::new).toList(),
                    NodeLimits.defaults(),
                    MempoolLimits.DEFAULT,
                    StackLimits.DEFAULT);
        }
    }
}
