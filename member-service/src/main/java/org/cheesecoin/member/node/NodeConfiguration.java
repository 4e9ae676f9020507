package org.cheesecoin.member.node;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.persistence.StoreProbe;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.web.MonotonicClock;
import org.cheesecoin.web.end.ProcessEnd;
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
    MonotonicClock monotonicClock() {
        return MonotonicClock.system();
    }

    @Bean
    MemberClock memberClock(InstantSource machine, MonotonicClock steady) {
        return new MemberClock(machine, steady);
    }

    @Bean
    Mailbox mailbox() {
        return new Mailbox(LoopSettings.DEFAULT.mailboxTasks(),
                LoopSettings.messageBytes(MemoryPlan.ofThisProcess()));
    }

    @Bean(destroyMethod = "close")
    Checks checks(Network network, SignatureScheme signatures, Mailbox mailbox, CheckMeter meter) {
        return new Checks(network.id(), signatures, mailbox, meter);
    }

    @Bean
    NodeLog nodeLog() {
        return new NodeLog();
    }

    /**
     * @param config asked when the loop starts, since only then it is known where this member listens
     */
    @Bean
    LoopLifecycle loopLifecycle(
            MemberDatabase database,
            Supplier<NodeConfig> config,
            Mailbox mailbox,
            List<LoopFollower> followers,
            List<BackgroundWork> background,
            MemberClock clock) {
        return new LoopLifecycle(
                () -> new NodeLoop(
                        new NodeFactory(database, config.get(), new SecureRandom(), clock),
                        mailbox,
                        followers,
                        clock,
                        LoopSettings.DEFAULT),
                background);
    }

    @Bean
    LoopWatchdog loopWatchdog(LoopLifecycle lifecycle, MemberDatabase database, StoreProbe store,
            ProcessEnd end) {
        return new LoopWatchdog(lifecycle, database.host(), store::verdict, end);
    }

    @Bean
    LoopHealth loopHealthIndicator(LoopLifecycle lifecycle, MonotonicClock clock) {
        return new LoopHealth(lifecycle, clock);
    }
}
