package org.cheesecoin.member.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.web.TrustedProxies;
import org.cheesecoin.web.start.BadSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an owner may set, under {@code cheesecoin} in a file, on the command line, or in the environment
 * ({@code cheesecoin.mining.pay-to} is {@code CHEESECOIN_MINING_PAY_TO} there). A value out of its range stops the
 * start with a {@link BadSetting}; an empty text means that it is not set, and blanks around a text do not count (only in
 * the name of the data folder they do).
 *
 * @param data folder of this member; one running member for each folder
 * @param network {@code local}, {@code test}, or the path of a JSON file ({@code docs/networks.md})
 * @param trackers base URLs of the trackers to register with, 16 at most
 * @param gossip how other members reach this one
 * @param peers gossip URLs of members that are always dialled, 64 at most
 * @param mining whether and how fast to mine, and for whom
 * @param ownerToken the owner's token, 16 to 512 characters; else made at first start in {@code <data>/owner.token}
 * @param wallet how the wallet is sealed
 * @param index what is kept for the explorer
 * @param http limits of the REST API
 */
@ConfigurationProperties(prefix = MemberProperties.PREFIX, ignoreUnknownFields = false)
public record MemberProperties(
        @DefaultValue(".cheesecoin/member") Path data,
        @DefaultValue("local") String network,
        @DefaultValue List<String> trackers,
        @DefaultValue Gossip gossip,
        @DefaultValue List<String> peers,
        @DefaultValue Mining mining,
        Optional<Secret> ownerToken,
        @DefaultValue Wallet wallet,
        @DefaultValue Index index,
        @DefaultValue Http http) {

    /** What every name begins with. */
    static final String PREFIX = "cheesecoin";

    private static final int MAX_TRACKERS = 16;
    private static final int MAX_PEERS = 64;
    private static final int MAX_PORT = 65_535;
    private static final String TOKEN_FORM = "[A-Za-z0-9._~+/-]{16,512}=*";

    /** Checks every range. */
    public MemberProperties {
        trackers = withoutBlanks(trackers);
        peers = withoutBlanks(peers);
        network = GivenText.strip(network);
        ownerToken = ownerToken.map(Secret::stripped).filter(it -> !it.text().isEmpty());
        BadSetting.requireRange("cheesecoin.trackers: their number", trackers.size(), 0, MAX_TRACKERS);
        BadSetting.requireRange("cheesecoin.peers: their number", peers.size(), 0, MAX_PEERS);
        trackers.forEach(MemberProperties::trackerUrl);
        peers.forEach(it -> requireGossipUrl("cheesecoin.peers", it));
        if (network.isBlank()) {
            throw BadSetting.of("cheesecoin.network", network, "'local', 'test' or the path of a JSON file");
        }
        if (ownerToken.isPresent() && !ownerToken.get().text().matches(TOKEN_FORM)) {
            throw BadSetting.ofSecret("cheesecoin.owner-token", "16 to 512 of the characters A-Z a-z 0-9 . _ ~ + / -");
        }
    }

    /**
     * How other members reach this one.
     *
     * @param port TCP port for gossip alone, 1 to 65535; 0: it shares the API's
     * @param url the URL that others are told, as {@code wss://member-1.example.org:443/gossip}; else made of address
     *            and port
     * @param sslBundle name of the Spring SSL bundle that says which {@code wss} listeners to trust; else the JVM's list
     */
    public record Gossip(@DefaultValue("0") int port, Optional<String> url, Optional<String> sslBundle) {

        /** Checks every range. */
        public Gossip {
            url = stripped(url);
            sslBundle = stripped(sslBundle);
            BadSetting.requireRange("cheesecoin.gossip.port", port, 0, MAX_PORT);
            url.ifPresent(it -> requireGossipUrl("cheesecoin.gossip.url", it));
        }

        /** The URL that others are told, if one was chosen. */
        public Optional<GossipUrl> publicUrl() {
            return url.map(GossipUrl::new);
        }
    }

    /**
     * Whether and how fast to mine, and for whom. The owner may change the first two while the member runs.
     *
     * @param enabled whether it mines from the start
     * @param hashesPerSecond nonces to try, 1 to 10^12; 0: all that this machine can
     * @param payTo address that gets the coinbase; else the wallet's
     */
    public record Mining(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("50000") long hashesPerSecond,
            Optional<String> payTo) {

        /** Most hashes a second that can be asked for. */
        public static final long MAX_HASHES_PER_SECOND = 1_000_000_000_000L;

        /** Checks every range. */
        public Mining {
            payTo = stripped(payTo);
            BadSetting.requireRange("cheesecoin.mining.hashes-per-second", hashesPerSecond, 0, MAX_HASHES_PER_SECOND);
            payTo.ifPresent(Mining::address);
        }

        /** The address that gets the coinbase, if one was chosen. */
        public Optional<Address> payToAddress() {
            return payTo.map(Mining::address);
        }

        private static Address address(String text) {
            return switch (Address.parse(text)) {
                case Outcome.Passed<Address>(Address address) -> address;
                case Outcome.Refused<Address> _ -> throw BadSetting.of(
                        "cheesecoin.mining.pay-to", text, "an address of CheeseCoin, as cheese1…");
            };
        }
    }

    /**
     * How the wallet is sealed and what it begins with. With no passphrase, one is made at first start beside the data;
     * with no words, new ones.
     *
     * @param passphrase the passphrase itself, 1 to 1,024 characters; blanks around it do not count
     * @param passphraseFile a file of UTF-8 with the passphrase in its one line
     * @param words recovery words to restore the wallet from where the data folder has none; where it has, the same ones
     * @param wordsFile a file of UTF-8 with the words, on one line or many, and nothing else
     */
    public record Wallet(
            Optional<Secret> passphrase,
            Optional<String> passphraseFile,
            Optional<Secret> words,
            Optional<String> wordsFile) {

        /** Longest passphrase. */
        public static final int MAX_PASSPHRASE_CHARS = 1_024;

        /** Checks that at most one of each pair is given. */
        public Wallet {
            passphrase = passphrase.filter(it -> !it.text().isEmpty());
            passphraseFile = stripped(passphraseFile);
            if (passphrase.isPresent() && passphraseFile.isPresent()) {
                throw BadSetting.of("cheesecoin.wallet.passphrase-file", passphraseFile.get(),
                        "left out where cheesecoin.wallet.passphrase is given");
            }
            words = words.map(Secret::stripped).filter(it -> !it.text().isEmpty());
            wordsFile = stripped(wordsFile);
            if (words.isPresent() && wordsFile.isPresent()) {
                throw BadSetting.of("cheesecoin.wallet.words-file", wordsFile.get(),
                        "left out where cheesecoin.wallet.words is given");
            }
            if (passphrase.isPresent() && passphrase.get().text().length() > MAX_PASSPHRASE_CHARS) {
                throw BadSetting.ofSecret("cheesecoin.wallet.passphrase", "1 to 1024 characters long");
            }
        }
    }

    /**
     * What is kept for the explorer.
     *
     * @param enabled whether transactions and addresses are indexed
     */
    public record Index(@DefaultValue("true") boolean enabled) {}

    /**
     * Limits of the REST API. Each address has its own budgets; a spent one fills again within a second.
     *
     * @param maxBodyBytes longest request body, 1,024 to 16,777,216 bytes
     * @param callsPerSecond calls that one address may make, 1 to 1,000,000
     * @param transactionsPerSecond transactions that one address may submit beside them, 1 to 1,000,000
     * @param corsOrigins origins whose pages may call, as {@code https://wallet.example}, 16 at most; else none may
     * @param hostNames names under which it may be called beside localhost, addresses, this machine's name and the host
     *            of {@code cheesecoin.gossip.url}, 32 at most; {@code *}: any, for a proxy that looks at names itself
     * @param trustedProxies literal addresses and networks of the proxies before it, as {@code 10.1.2.0/24}, 32 at most:
     *            whom they call for is believed, and nobody else's word on that
     */
    public record Http(
            @DefaultValue("1048576") int maxBodyBytes,
            @DefaultValue("2000") int callsPerSecond,
            @DefaultValue("20000") int transactionsPerSecond,
            @DefaultValue List<String> corsOrigins,
            @DefaultValue List<String> hostNames,
            @DefaultValue List<String> trustedProxies) {

        private static final int MAX_ORIGINS = 16;
        private static final int MAX_HOST_NAMES = 32;
        private static final int MAX_PER_SECOND = 1_000_000;
        private static final String TRUSTED_PROXIES = "cheesecoin.http.trusted-proxies";

        /** Whose word on callers is believed. */
        public TrustedProxies proxies() {
            return TrustedProxies.of(TRUSTED_PROXIES, trustedProxies);
        }

        /** Checks every range. */
        public Http {
            corsOrigins = withoutBlanks(corsOrigins);
            BadSetting.requireRange("cheesecoin.http.max-body-bytes", maxBodyBytes, 1_024, 1 << 24);
            BadSetting.requireRange("cheesecoin.http.calls-per-second", callsPerSecond, 1, MAX_PER_SECOND);
            BadSetting.requireRange(
                    "cheesecoin.http.transactions-per-second", transactionsPerSecond, 1, MAX_PER_SECOND);
            BadSetting.requireRange("cheesecoin.http.cors-origins: their number", corsOrigins.size(), 0, MAX_ORIGINS);
            hostNames = withoutBlanks(hostNames);
            BadSetting.requireRange("cheesecoin.http.host-names: their number", hostNames.size(), 0, MAX_HOST_NAMES);
            for (String name : hostNames) {
                if (!name.matches("\\*|[A-Za-z0-9.-]{1,253}")) {
                    throw BadSetting.of("cheesecoin.http.host-names", name,
                            "a host's name without a port, as member.example.org, or *");
                }
            }
            trustedProxies = withoutBlanks(trustedProxies);
            TrustedProxies.of(TRUSTED_PROXIES, trustedProxies);
            for (String origin : corsOrigins) {
                if (!origin.matches("https?://[A-Za-z0-9.\\[\\]:-]{1,200}")) {
                    throw BadSetting.of("cheesecoin.http.cors-origins", origin,
                            "scheme, host and port, as https://wallet.example:8443");
                }
            }
        }
    }

    /** Base URLs of the trackers, without a slash at the end. */
    public List<URI> trackerUrls() {
        return trackers.stream().map(MemberProperties::trackerUrl).toList();
    }

    /** Members that are always dialled. */
    public List<GossipUrl> peerUrls() {
        return peers.stream().map(GossipUrl::new).toList();
    }

    private static Optional<String> stripped(Optional<String> text) {
        return text.map(GivenText::strip).filter(it -> !it.isEmpty());
    }

    private static List<String> withoutBlanks(List<String> texts) {
        return texts.stream().map(GivenText::strip).filter(it -> !it.isEmpty()).toList();
    }

    private static URI trackerUrl(String text) {
        TrackerUrl.faultOf(text).ifPresent(fault -> {
            throw BadSetting.of("cheesecoin.trackers", text, TrackerUrl.FORM + " (" + fault + ")");
        });
        return URI.create(new TrackerUrl(text).text());
    }

    private static void requireGossipUrl(String property, String text) {
        GossipUrl.faultOf(text).ifPresent(fault -> {
            throw BadSetting.of(property, text, GossipUrl.FORM + " (" + fault + ")");
        });
    }
}
