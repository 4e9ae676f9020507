package org.cheesecoin.web;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a generated client sends for a list that nobody filled. */
class EmptyIsAbsentTest {

    record Choice(Optional<List<String>> names, Optional<String> one, List<String> all) {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        new StrictJson().customize(builder);
        return builder.build();
    }

    private static Choice read(String json) {
        return mapper().readValue(json, Choice.class);
    }

    /** Whatever its class says of that. */
    @Test
    void noAnswerHasANull() {
        assertThat(mapper().writeValueAsString(new Choice(Optional.empty(), Optional.empty(), List.of())))
                .isEqualTo("{\"all\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"all\":[]}", "{\"all\":[],\"names\":[]}", "{\"all\":[],\"names\":null}"})
    void anOptionalListThatIsEmptyIsAsIfLeftOut(String json) {
        assertThat(read(json)).isEqualTo(new Choice(Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void whatHasItemsIsRead() {
        assertThat(read("{\"all\":[\"a\"],\"names\":[\"b\"],\"one\":\"\"}"))
                .isEqualTo(new Choice(Optional.of(List.of("b")), Optional.of(""), List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"all\":null}", "{\"all\":[],\"names\":[null]}", "{\"all\":[],\"names\":\"b\"}",
            "{\"all\":[],\"names\":{}}"})
    void whatIsNoListIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(RuntimeException.class);
    }
}
