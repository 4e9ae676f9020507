package org.cheesecoin.web;

import java.net.URI;

import org.springdoc.core.customizers.ServerBaseUrlCustomizer;
import org.springframework.http.HttpRequest;

/**
 * Publishes the path under which a service is called, and not by which name and scheme this call came: behind a proxy
 * with TLS they are another's, and a reader of the document is there already.
 */
final class RelativeServer implements ServerBaseUrlCustomizer {

    @Override
    public String customize(String serverBaseUrl, HttpRequest request) {
        String path = URI.create(serverBaseUrl).getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
