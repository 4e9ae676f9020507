package org.cheesecoin.member.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.web.CallRate;
import org.cheesecoin.web.HostNames;
import org.cheesecoin.web.WebSettings;
import org.cheesecoin.web.WebSupport;
import org.cheesecoin.web.WorkLimit;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.web.guard.Share;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the member shares with the tracker, under its own limits. */
@Configuration(proxyBeanMethods = false)
@Import(WebSupport.class)
public class WebConfiguration {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** The loop answers it, entry by entry from the top: a page of a wallet asks for it once a second or so. */
    private static final int MEMPOOL_CALLS_PER_SECOND = 50;
    /** The encoding of a cheese, 2 MB at most, is in memory until its reader has it. */
    private static final Share RAW_CHEESES = new Share(3, 1);
    /** Long answers that are made whole before they are written, a few hundred KB each. */
    private static final Share LONG_ANSWERS = new Share(3, 2);

    @Bean
    WebSettings webSettings(MemberProperties properties) {
        MemberProperties.Http http = properties.http();
        return new WebSettings(
                http.maxBodyBytes(),
                List.of(new CallRate(it -> "/transactions".equals(it.path()) && "POST".equals(it.method()),
                        http.transactionsPerSecond(), SECOND),
                        new CallRate(it -> "/mempool".equals(it.path()),
                                Math.min(MEMPOOL_CALLS_PER_SECOND, http.callsPerSecond()), SECOND),
                        new CallRate(_ -> true, http.callsPerSecond(), SECOND)),
                List.of(new WorkLimit(it -> it.path().endsWith("/raw"), RAW_CHEESES),
                        new WorkLimit(it -> it.path().startsWith("/v3/")
                                || it.path().startsWith("/actuator/prometheus"), LONG_ANSWERS)),
                http.corsOrigins(),
                new HostNames(names(properties)),
                guard(MemoryPlan.ofThisProcess(), http.maxBodyBytes()),
                http.proxies());
    }

    static GuardLimits guard(MemoryPlan plan, int maxBodyBytes) {
        return GuardLimits.within(plan.bytes(MemoryPlan.Share.HTTP), maxBodyBytes);
    }

    /** The names that the owner gave, and the one that other members are told. */
    private static List<String> names(MemberProperties properties) {
        List<String> names = new ArrayList<>(properties.http().hostNames());
        properties.gossip().publicUrl().ifPresent(it -> names.add(it.host().text()));
        return names;
    }
}
