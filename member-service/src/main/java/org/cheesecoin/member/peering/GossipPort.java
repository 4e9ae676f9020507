package org.cheesecoin.member.peering;

import java.io.IOException;
import java.net.InetAddress;

import org.apache.catalina.connector.Connector;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.web.Call;
import org.cheesecoin.web.guard.Account;
import org.cheesecoin.web.guard.GuardedProtocol;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Gossip on a port of its own, so that a network policy can tell it from the API: each port serves only its part. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("${cheesecoin.gossip.port:0} != 0")
class GossipPort {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> gossipConnector(
            MemberProperties properties, ServerProperties server, Account account) {
        return factory -> {
            Connector connector = GuardedProtocol.connector(account);
            connector.setPort(properties.gossip().port());
            PeeringConfiguration.useBuffersOnce(connector);
            InetAddress address = server.getAddress();
            if (address != null) {
                connector.setProperty("address", address.getHostAddress());
            }
            factory.addAdditionalConnectors(connector);
        };
    }

    @Bean
    FilterRegistrationBean<EachPortItsPart> eachPortItsPart(MemberProperties properties) {
        FilterRegistrationBean<EachPortItsPart> registration = new FilterRegistrationBean<>(
                new EachPortItsPart(properties.gossip().port()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Answers 404 to whatever belongs to the other port. */
    static final class EachPortItsPart extends OncePerRequestFilter {

        private final int gossipPort;

        EachPortItsPart(int gossipPort) {
            this.gossipPort = gossipPort;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            boolean isGossip = PeeringConfiguration.PATH.equals(Call.of(request).path());
            boolean isGossipPort = request.getLocalPort() == gossipPort;
            if (isGossip == isGossipPort) {
                chain.doFilter(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        }
    }
}
