package org.cheesecoin.tracker.liveness;

import java.net.http.HttpClient;

import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.tracker.registry.DialTargets;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.web.MonotonicClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.micrometer.core.instrument.MeterRegistry;

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
    DialLoop dialLoop(
            Registry registry,
            HttpClient dialClient,
            SignatureScheme signatures,
            TrackerIdentity identity,
            LivenessSettings settings,
            MonotonicClock clock,
            MeterRegistry meters) {
        var addresses = new DialTargets(registry.limits().dialPauseMillis(), registry.limits().maxDialTargets());
        var dialler = new MemberDialler(dialClient, signatures, identity, addresses, settings.timeout(), clock);
        return new DialLoop(registry, dialler, settings.maxDials(), clock, new ProbeMeter(meters));
    }

    @Bean
    DialHealth dialsHealthIndicator(DialLoop dialLoop, MonotonicClock clock) {
        return new DialHealth(dialLoop::lookedMillis, clock::millis);
    }

    @Bean
    DialVital dialVital(DialLoop dialLoop) {
        return new DialVital(dialLoop::looks);
    }
}
