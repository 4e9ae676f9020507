package org.cheesecoin.tracker.liveness;

import java.net.http.HttpClient;
import java.time.InstantSource;

import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.tracker.registry.DialTargets;
import org.cheesecoin.tracker.registry.Registry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Puts the parts of liveness together. */
@EnableScheduling
@Configuration(proxyBeanMethods = false)
class LivenessConfiguration {

    @Bean
    TrackerIdentity trackerIdentity(LivenessSettings settings, SignatureScheme signatures) {
        return TrackerIdentity.of(settings.nodeKey(), signatures);
    }

    @Bean(destroyMethod = "shutdownNow")
    HttpClient dialClient(LivenessSettings settings) {
        return settings.client();
    }

    @Bean
    MeterBinder memberMetrics(Registry registry) {
        return meters -> Gauge.builder("cheesecoin.tracker.members", registry, Registry::listedCount)
                .description("Members that are listed: each proved its id at its URL")
                .register(meters);
    }

    @Bean
    DialLoop dialLoop(
            Registry registry,
            HttpClient dialClient,
            SignatureScheme signatures,
            TrackerIdentity identity,
            LivenessSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        var addresses = new DialTargets(registry.limits().dialPauseMillis(), registry.limits().maxDialTargets());
        var dialler = new MemberDialler(dialClient, signatures, identity, addresses, settings.timeout(), clock);
        return new DialLoop(registry, dialler, settings.maxDials(), clock, new ProbeMeter(meters));
    }
}
