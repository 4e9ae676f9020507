package org.cheesecoin.member.security;

import java.net.InetAddress;

import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.web.ProblemWriter;
import org.cheesecoin.web.start.BadSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.servlet.HandlerMapping;

import jakarta.servlet.DispatcherType;

/** One stateless chain for every path: no session, no cookie, no form, no other origin. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    @Bean
    AccessProblems accessProblems(ProblemWriter writer) {
        return new AccessProblems(writer);
    }

    @Bean
    OwnerToken ownerToken(MemberProperties properties, ServerProperties server, DataFolder folder) {
        requireChosenToken(properties, server.getAddress());
        return OwnerToken.of(properties.ownerToken(), folder);
    }

    /** A span for each filter of each request was a third of what a submitted payment cost; the request has its own. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            OwnerToken token,
            AccessProblems problems,
            ObjectProvider<HandlerMapping> mappings) throws Exception {
        return http
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // web-support sets those of every answer, refused ones too
                .headers(AbstractHttpConfigurer::disable)
                .exceptionHandling(it -> it.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .addFilterBefore(new OwnerTokenFilter(token), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(it -> it
                        // inner dispatches of a request that was let in, or of its refusal
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .anyRequest()
                        .access(new OperationAccess(mappings)))
                .build();
    }

    /** Whoever opens a member to a network has to know its token, not find one made for a laptop. */
    private static void requireChosenToken(MemberProperties properties, @Nullable InetAddress address) {
        boolean isLoopback = address != null && address.isLoopbackAddress();
        if (!isLoopback && properties.ownerToken().isEmpty()) {
            throw BadSetting.of("server.address", address == null ? "" : address.getHostAddress(),
                    "a loopback address, as 127.0.0.1, unless a token is chosen in CHEESECOIN_OWNER_TOKEN");
        }
    }
}
