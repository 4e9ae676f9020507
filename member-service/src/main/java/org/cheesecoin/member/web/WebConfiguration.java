package org.cheesecoin.member.web;

import java.time.Duration;
import java.util.List;

import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.web.CallRate;
import org.cheesecoin.web.WebSettings;
import org.cheesecoin.web.WebSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the member shares with the tracker, under its own limits. */
@Configuration(proxyBeanMethods = false)
@Import(WebSupport.class)
public class WebConfiguration {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Bean
    WebSettings webSettings(MemberProperties properties) {
        MemberProperties.Http http = properties.http();
        return new WebSettings(http.maxBodyBytes(), List.of(
                new CallRate(it -> "/transactions".equals(it.getRequestURI()) && "POST".equals(it.getMethod()),
                        http.transactionsPerSecond(), SECOND),
                new CallRate(_ -> true, http.callsPerSecond(), SECOND)), http.corsOrigins());
    }
}
