package org.cheesecoin.tracker;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.tracker.liveness.LivenessSettings;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.tracker.registry.SignedCalls;
import org.cheesecoin.tracker.registry.TrackerNames;
import org.cheesecoin.web.CallRate;
import org.cheesecoin.web.HostNames;
import org.cheesecoin.web.MonotonicClock;
import org.cheesecoin.web.WebSettings;
import org.cheesecoin.web.WebSupport;
import org.cheesecoin.web.WorkLimit;
import org.cheesecoin.web.contract.Contracts;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.web.guard.Share;
import org.cheesecoin.web.start.TrustBundle;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.swagger.v3.oas.models.OpenAPI;

/** Puts the parts together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrackerProperties.class)
@Import(WebSupport.class)
class TrackerConfiguration {

    /** Long answers that are made whole before they are written, a few hundred KB each. */
    private static final Share LONG_ANSWERS = new Share(4, 2);

    /** What strangers hold over HTTP is this part of the heap at most: 12 MiB of the launcher's 96. */
    private static final int HTTP_PART = 8;

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    MonotonicClock monotonicClock() {
        return MonotonicClock.system();
    }

    @Bean
    SignatureScheme signatureScheme() {
        return SignatureSchemes.fastest().scheme();
    }

    @Bean
    TrackerNames trackerNames(TrackerProperties properties) {
        return new TrackerNames(properties.url());
    }

    @Bean
    Registry registry(TrackerProperties properties) {
        return new Registry(properties.registryLimits(), new SecureRandom());
    }

    @Bean
    SignedCalls signedCalls(
            Registry registry,
            SignatureScheme signatures,
            TrackerNames names,
            InstantSource clock,
            MonotonicClock steady) {
        return new SignedCalls(registry, signatures, names, clock, steady);
    }

    @Bean
    WebSettings webSettings(TrackerProperties properties) {
        return new WebSettings(
                properties.maxBodyBytes(),
                // each costs a signature check
                List.of(new CallRate(it -> !"GET".equals(it.method()), properties.callsPerMinute(),
                        Duration.ofMinutes(1)),
                        new CallRate(_ -> true, properties.readsPerMinute(), Duration.ofMinutes(1))),
                List.of(new WorkLimit(it -> it.path().startsWith("/v3/")
                        || it.path().startsWith("/networks/")
                        || it.path().startsWith("/actuator/prometheus"), LONG_ANSWERS)),
                properties.corsOrigins(),
                new HostNames(names(properties)),
                guard(Runtime.getRuntime().maxMemory(), properties.maxBodyBytes()),
                properties.proxies());
    }

    static GuardLimits guard(long heapBytes, int maxBodyBytes) {
        return GuardLimits.within(heapBytes / HTTP_PART, maxBodyBytes);
    }

    /** The names that the operator gave, and those that members are told. */
    private static List<String> names(TrackerProperties properties) {
        List<String> names = new ArrayList<>(properties.hostNames());
        properties.url().stream().map(it -> new TrackerUrl(it).host().text()).forEach(names::add);
        return names;
    }

    @Bean
    LivenessSettings livenessSettings(TrackerProperties properties, SslBundles bundles) {
        return new LivenessSettings(
                properties.dataFolder(),
                properties.liveness().timeout(),
                properties.liveness().maxDials(),
                Optional.ofNullable(properties.liveness().sslBundle())
                        .map(it -> TrustBundle.context("cheesecoin.tracker.liveness.ssl-bundle", it, bundles)));
    }

    @Bean
    MeterBinder registryGauges(Registry registry) {
        return meters -> {
            Gauge.builder("cheesecoin.tracker.members", registry, Registry::listedCount)
                    .description("Members that are listed: each proved its id at its URL")
                    .register(meters);
            Gauge.builder("cheesecoin.tracker.leases", registry, Registry::leaseCount)
                    .description("Leases, listed or not")
                    .register(meters);
            Gauge.builder("cheesecoin.tracker.networks", registry, Registry::networkCount)
                    .description("Networks with a lease")
                    .register(meters);
        };
    }

    @Bean
    OpenAPI openApi() {
        return Contracts.of("CheeseCoin tracker",
                "Where members of a CheeseCoin network find each other. A member registers its gossip URL under its node "
                        + "key, renews its lease, and is told of others; the tracker dials each member before it tells "
                        + "anybody of it. Every error is a problem document.");
    }
}
