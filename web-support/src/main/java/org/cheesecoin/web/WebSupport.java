package org.cheesecoin.web;

import org.cheesecoin.web.contract.PageLimits;
import org.cheesecoin.web.contract.RequiredFields;
import org.cheesecoin.web.end.EndSupport;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import tools.jackson.databind.json.JsonMapper;

/** All of this package for a service, which imports it and chooses {@link WebSettings}. */
@Configuration(proxyBeanMethods = false)
@Import({
        HttpGuard.class, ProblemAdvice.class, ProblemErrorController.class, ProblemsInOpenApi.class, EndSupport.class,
        RequiredFields.class, PageLimits.class})
public class WebSupport {

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return new StrictJson();
    }

    @Bean
    WebMvcConfigurer oneFormat() {
        return new WebMvcConfigurer() {

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AcceptFirst());
            }

            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
                builder.configureMessageConvertersList(OneFormat::keep);
            }
        };
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    RelativeServer relativeServer() {
        return new RelativeServer();
    }

    @Bean
    DearReads dearReads() {
        return new DearReads();
    }

    @Bean
    LogLimiting logLimiting() {
        return new LogLimiting();
    }
}
