package org.cheesecoin.tracker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.tracker.registry.RegistryLimits;
import org.cheesecoin.web.TrustedProxies;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What an operator can set.
 *
 * @param url base URLs under which members are told of this tracker, at most 8, as {@code http://tracker:8080}: members
 *     sign the one that they use. None means loopback with the port that is opened
 * @param data folder for the node key; without one, the tracker has a fresh id at each start
 * @param callsPerMinute signed calls that one address may make in a minute
 * @param readsPerMinute other calls that one address may make in a minute
 * @param maxBodyBytes longest body of a request; one with 64 ids has less than 6 KB
 * @param corsOrigins origins whose pages may call, as {@code https://wallet.example}; else none may
 * @param hostNames names under which it may be called beside localhost, addresses, this machine's name and the hosts of
 *     {@code url}, at most 32; {@code *}: any, for a proxy that looks at names itself
 * @param trustedProxies literal addresses and networks of the proxies before it, as {@code 10.1.2.0/24}, at most 32: whom
 *     they call for is believed, and nobody else's word on that
 * @param limits what strangers can fill
 * @param liveness how members are dialled
 */
@Validated
@ConfigurationProperties("cheesecoin.tracker")
public record TrackerProperties(
        @DefaultValue @Size(max = 8) List<@BaseUrl String> url,
        @Nullable Path data,
        @DefaultValue("3000") @Min(1) @Max(1_000_000) int callsPerMinute,
        @DefaultValue("60000") @Min(1) @Max(10_000_000) int readsPerMinute,
        @DefaultValue("16384") @Min(8_192) @Max(1_048_576) int maxBodyBytes,
        @DefaultValue @Size(max = 16) List<
                @Pattern(regexp = "https?://[A-Za-z0-9.\\[\\]:-]{1,200}", message = ORIGIN) String> corsOrigins,
        @DefaultValue @Size(max = 32) List<
                @Pattern(regexp = "\\*|[A-Za-z0-9.-]{1,253}", message = HOST_NAME) String> hostNames,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue @Valid Limits limits,
        @DefaultValue @Valid Liveness liveness) {

    private static final String ORIGIN = "must be scheme, host and port, as https://wallet.example:8443";
    private static final String HOST_NAME = "must be a host's name without a port, as tracker.example.org, or *";
    private static final String TRUSTED_PROXIES = "cheesecoin.tracker.trusted-proxies";

    /** Takes away what blanks are around the texts, and checks what no annotation can. */
    public TrackerProperties {
        url = withoutBlanks(url);
        corsOrigins = withoutBlanks(corsOrigins);
        hostNames = withoutBlanks(hostNames);
        trustedProxies = withoutBlanks(trustedProxies);
        TrustedProxies.of(TRUSTED_PROXIES, trustedProxies);
    }

    private static List<String> withoutBlanks(List<String> texts) {
        return texts.stream().map(GivenText::strip).filter(it -> !it.isEmpty()).toList();
    }

    /** Whose word on callers is believed. */
    public TrustedProxies proxies() {
        return TrustedProxies.of(TRUSTED_PROXIES, trustedProxies);
    }

    /** The data folder, if there is one. */
    public Optional<Path> dataFolder() {
        return Optional.ofNullable(data);
    }

    /**
     * What strangers can fill.
     *
     * @param networks networks with at least one lease
     * @param membersPerNetwork leases of one network
     * @param leases leases in all
     * @param unprovedLeases leases in all that no dial has proved yet
     * @param leasesPerAddress leases asked for from one address; behind Docker and Kubernetes many members share one
     */
    public record Limits(
            @DefaultValue("64") @Min(1) @Max(10_000) int networks,
            @DefaultValue("10000") @Min(1) @Max(100_000) int membersPerNetwork,
            @DefaultValue("20000") @Min(1) @Max(200_000) int leases,
            @DefaultValue("2000") @Min(1) @Max(100_000) int unprovedLeases,
            @DefaultValue("500") @Min(1) @Max(100_000) int leasesPerAddress) {}

    /**
     * How members are dialled.
     *
     * @param interval time between two dials of a member that answers, a day at most
     * @param timeout how long one dial may take, ten minutes at most
     * @param maxFailures failures in a row after which a member is dropped
     * @param maxDials dials under way at once
     * @param sslBundle name of the Spring SSL bundle whose trust is used for {@code wss}; without one, the JDK's
     */
    public record Liveness(
            @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(days = 1) Duration interval,
            @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 10) Duration timeout,
            @DefaultValue("3") @Min(1) @Max(100) int maxFailures,
            @DefaultValue("64") @Min(1) @Max(1_000) int maxDials,
            @Nullable String sslBundle) {}

    /** The registry's limits; those that the protocol fixes cannot be set. */
    RegistryLimits registryLimits() {
        RegistryLimits standard = RegistryLimits.STANDARD;
        return new RegistryLimits(
                standard.leaseMillis(),
                standard.clockToleranceMillis(),
                limits.networks(),
                limits.membersPerNetwork(),
                limits.leases(),
                limits.unprovedLeases(),
                limits.leasesPerAddress(),
                standard.maxRememberedIds(),
                standard.dialPauseMillis(),
                liveness.interval().toMillis(),
                liveness.maxFailures(),
                standard.maxDialTargets());
    }
}
