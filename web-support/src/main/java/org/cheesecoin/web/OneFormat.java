package org.cheesecoin.web;

import java.util.List;

import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/**
 * JSON is the one format of bodies, read by the one strict parser, beside plain text and bytes. A library on the class
 * path brings a converter for each format that it knows, and each has a laxer parser: springdoc's made YAML a second
 * way in.
 */
final class OneFormat {

    private OneFormat() {}

    /** Keeps the converters that are meant. */
    static void keep(List<HttpMessageConverter<?>> converters) {
        converters.removeIf(it -> !isMeant(it));
    }

    private static boolean isMeant(HttpMessageConverter<?> converter) {
        return switch (converter) {
            case JacksonJsonHttpMessageConverter _,StringHttpMessageConverter _,ByteArrayHttpMessageConverter _,ResourceHttpMessageConverter _ ->
                    true;
            default -> false;
        };
    }
}
