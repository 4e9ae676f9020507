package org.cheesecoin.web.contract;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** A field is published as required where its type says that it is always there. */
class RequiredFieldsTest {

    record Whole(String text, long count, List<Part> parts, Optional<String> note, OptionalInt height,
            @Nullable String old, Optional<Listed<Part>> page) {}

    record Part(Optional<Long> only) {}

    record Listed<T>(List<T> items, Optional<String> nextCursor) {}

    private static @Nullable List<String> required(String schema) {
        ModelConverters converters = new ModelConverters(true);
        converters.addConverter(new RequiredFields());
        Schema<?> published = converters.readAll(new AnnotatedType(Whole.class)).get(schema);
        return published.getRequired();
    }

    @Test
    void whatIsNotOptionalIsRequiredInEveryRecordOnTheWay() {
        assertThat(required("Whole")).containsExactlyInAnyOrder("text", "count", "parts");
        assertThat(required("Part")).as("no list rather than an empty one").isNull();
        assertThat(required("ListedPart")).containsExactly("items");
    }
}
