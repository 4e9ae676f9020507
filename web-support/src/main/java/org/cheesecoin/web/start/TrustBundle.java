package org.cheesecoin.web.start;

import javax.net.ssl.SSLContext;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** Whom a service trusts where it dials with TLS, as an SSL bundle of Spring's says that its owner has named. */
public final class TrustBundle {

    private TrustBundle() {}

    /**
     * The context of the bundle.
     *
     * @param property the setting that names it
     * @param name its name
     * @throws BadSetting if there is no such bundle, or it cannot be used
     */
    public static SSLContext context(String property, String name, SslBundles bundles) {
        try {
            return bundles.getBundle(name).createSslContext();
        } catch (NoSuchSslBundleException | IllegalStateException e) {
            throw BadSetting.of(property, name,
                    "the name of an SSL bundle, which spring.ssl.bundle.pem.%s describes (%s)".formatted(
                            name, e.getMessage()));
        }
    }
}
