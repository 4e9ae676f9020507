package org.cheesecoin.webtest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real nginx as a process of its own, with the configuration that operators are given: only its ports and the names of
 * its certificate's files are others. The certificate is made for it and signed by itself.
 */
public final class Nginx implements AutoCloseable {

    /** Beside those of PATH: a user's often has no place for servers. */
    private static final String PLACES = ":/usr/sbin:/usr/local/sbin:/opt/homebrew/bin";
    private static final String PASSWORD = "of-a-test";
    private static final String ALIAS = "nginx";
    private static final String NAMES = "SAN=dns:coin.example.org,dns:tracker.example.org,ip:127.0.0.1";
    private static final int READ_MILLIS = 10_000;
    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int port;
    private final SSLContext trust;

    private Nginx(Process process, int port, SSLContext trust) {
        this.process = process;
        this.port = port;
        this.trust = trust;
    }

    /**
     * Starts one; where none is installed, the tests say that they are skipped.
     *
     * @param servicePort port of the member or the tracker that it stands before
     * @param documentedPort that of the service in the configuration, 8081 or 8080
     */
    public static Nginx start(int servicePort, int documentedPort) throws IOException, InterruptedException {
        Optional<Path> nginx = Stream.of((System.getenv("PATH") + PLACES).split(":", -1))
                .filter(it -> !it.isEmpty())
                .map(it -> Path.of(it, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(nginx.isPresent(), "skipped: no nginx is installed here (apt-get install nginx-light)");
        Path folder = Files.createTempDirectory("cheesecoin-nginx-");
        SSLContext trust = certificate(folder);
        int port = FreePort.any();
        String service = configuration()
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;")
                .replace("/etc/nginx/tls/coin.example.org", folder.resolve("tls").toString())
                .replace("http://127.0.0.1:" + documentedPort + "/", "http://127.0.0.1:" + servicePort + "/");
        assertThat(service).contains("http://127.0.0.1:" + servicePort + "/");
        Files.writeString(folder.resolve("service.conf"), service);
        Files.writeString(folder.resolve("nginx.conf"), main(folder));
        Process process = new ProcessBuilder(nginx.orElseThrow().toString(), "-p", folder.toString(), "-c",
                folder.resolve("nginx.conf").toString(), "-e", folder.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        await().atMost(START).until(() -> isListening(port) || !process.isAlive());
        assertThat(process.isAlive()).as("nginx: %s %s", Files.readString(folder.resolve("output.log")), folder)
                .isTrue();
        return new Nginx(process, port, trust);
    }

    /** The configuration that operators are given: the file of the checkout. */
    public static String configuration() throws IOException {
        return Files.readString(Stream.of("ops/nginx/cheesecoin.conf", "../ops/nginx/cheesecoin.conf")
                .map(Path::of).filter(Files::exists).findFirst().orElseThrow());
    }

    /**
     * The main file that includes the configuration, as Debian's nginx.conf does, with all paths in the test's own folder. It
     * sets nothing about buffers, so that nginx's defaults are what is tried.
     */
    private static String main(Path folder) {
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        return user + """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                events { worker_connections 768; }
                http {
                    access_log off;
                    gzip on;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    include %1$s/service.conf;
                }
                """.formatted(folder);
    }

    private static SSLContext certificate(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
                "CN=coin.example.org", "-ext", NAMES, "-validity", "2", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Certificate certificate = keys.getCertificate(ALIAS);
            byte[] key = Objects.requireNonNull(keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            Files.writeString(folder.resolve("tls.crt"), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(folder.resolve("tls.key"), pem("PRIVATE KEY", key));
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** A connection with TLS from this address of this machine, to this name. */
    public SSLSocket connect(String from, String name) throws IOException {
        Socket plain = new Socket();
        plain.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        plain.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        plain.setSoTimeout(READ_MILLIS);
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /**
     * Calls and answers all that comes back.
     *
     * @param call method and target
     * @param headers beside Host, which is the name
     */
    public String call(String from, String name, String call, String... headers) throws IOException {
        return say(from, name, call + " HTTP/1.1\r\nHost: " + name + "\r\n"
                + Stream.of(headers).map(it -> it + "\r\n").reduce("", String::concat)
                + "Connection: close\r\n\r\n");
    }

    /** Sends these characters over TLS as they stand and answers all that comes back. */
    public String say(String from, String name, String text) throws IOException {
        try (SSLSocket socket = connect(from, name)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ends it. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
