package org.cheesecoin.tracker.liveness;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import org.cheesecoin.chain.crypto.PrivateKey;

/**
 * How members are dialled.
 *
 * @param data folder of the node key, if the id shall outlive the process
 * @param timeout how long one dial may take
 * @param maxDials dials under way at once
 * @param ssl whom to trust for {@code wss}, if not the JDK's
 */
public record LivenessSettings(Optional<Path> data, Duration timeout, int maxDials, Optional<SSLContext> ssl) {

    PrivateKey nodeKey() {
        SecureRandom random = new SecureRandom();
        return data.map(it -> NodeKeyFile.readOrMake(it, random)).orElseGet(() -> NodeKeyFile.random(random));
    }

    HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout);
        ssl.ifPresent(builder::sslContext);
        return builder.build();
    }
}
