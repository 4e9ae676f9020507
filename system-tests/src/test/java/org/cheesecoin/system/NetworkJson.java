package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.NetworkParameters.OnDemandMining;
import org.cheesecoin.chain.consensus.NetworkParameters.Retargeting;
import org.cheesecoin.chain.consensus.Target;

/** Networks of these tests, and the files that name them to a member. */
final class NetworkJson {

    private static final BigInteger ALL_SMELLS = BigInteger.ONE.shiftLeft(256);

    private NetworkJson() {}

    /** A cheese a second with this hash rate in all; a coinbase matures in three, and the subsidy halves every 40. */
    static NetworkParameters quick(String name, long hashesPerSecond) {
        return new NetworkParameters(name, NetworkParameters.local().blueTimeMillis(),
                Target.roundedDown(ALL_SMELLS.divide(BigInteger.valueOf(hashesPerSecond))).compact(),
                Retargeting.STEPWISE, 1_000, 30_000, 64, OnDemandMining.REFUSED, 3, 100_000_000, 40, List.of());
    }

    /** Every parameter, as {@code docs/networks.md} says. */
    static void write(NetworkParameters network, Path file) {
        String json = """
                {"name": "%s", "blueTimeMillis": %d, "firstCompactTarget": "0x%08x", "retargeting": "%s",
                "spacingMillis": %d, "halfLifeMillis": %d, "easiestFactor": %d, "onDemandMining": "%s",
                "coinbaseMaturity": %d, "firstSubsidyCrumbs": %d, "halvingInterval": %d, "allocations": [%s]}
                """.formatted(network.name(), network.blueTimeMillis(), network.firstCompactTarget(),
                word(network.retargeting()), network.spacingMillis(), network.halfLifeMillis(),
                network.easiestFactor(), word(network.onDemandMining()), network.coinbaseMaturity(),
                network.firstSubsidyCrumbs(), network.halvingInterval(),
                network.allocations().stream().map(NetworkJson::allocation).collect(Collectors.joining(", ")));
        try {
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String allocation(TransactionOutput output) {
        return "{\"address\": \"%s\", \"amountCrumbs\": %d}".formatted(output.address(), output.amount().crumbs());
    }
}
