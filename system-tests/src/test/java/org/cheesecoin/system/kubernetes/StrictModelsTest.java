package org.cheesecoin.system.kubernetes;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The reader of the other tests refuses what a cluster would refuse, or would silently leave out. */
class StrictModelsTest {

    private static final String GOOD = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: planted
              labels:
                any.name/is: fine
            spec:
              serviceName: planted
              template:
                spec:
                  containers:
                    - name: one
                      livenessProbe:
                        httpGet:
                          path: /
                          port: http
                        periodSeconds: 5
                      env:
                        - name: PORT
                          value: "1"
            """;

    @Test
    void readsWhatIsRight() {
        assertThat(StrictModels.parse(GOOD)).singleElement()
                .extracting(it -> it.getMetadata().getName()).isEqualTo("planted");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            serviceName: planted | servicename: planted                  | servicename
            periodSeconds: 5     | periodSecond: 5                       | periodSecond
            name: planted        | name: planted\\n  nickname: x         | nickname
            port: http           | port: http\\n              hots: x    | hots
            value: "1"           | valeu: "1"                            | valeu
            """)
    void refusesAFieldThatDoesNotExist(String right, String wrong, String field) {
        assertThatThrownBy(() -> StrictModels.parse(planted(right, wrong)))
                .hasMessageContaining("Unrecognized field \"" + field + "\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            minReadySeconds (1.22)      | serviceName: planted | serviceName: planted\\n  minReadySeconds: 5
            grpc probe (1.23)           | port: http           | port: http\\n            grpc: {port: 1}
            start of the ordinals (1.26)| serviceName: planted | serviceName: planted\\n  ordinals: {start: 1}
            """)
    void refusesAFieldThatCameAfter121(String what, String right, String wrong) {
        assertThatThrownBy(() -> StrictModels.parse(planted(right, wrong)))
                .as(what)
                .hasMessageContaining("Unrecognized field");
    }

    @Test
    void refusesAFieldGivenTwice() {
        assertThatThrownBy(() -> StrictModels.parse(planted("periodSeconds: 5",
                "periodSeconds: 5\\n            periodSeconds: 6"))).hasMessageContaining("periodSeconds");
    }

    @Test
    void refusesANumberWhereATextBelongs() {
        assertThatThrownBy(() -> StrictModels.parse(planted("value: \"1\"", "value: 1")))
                .hasMessageContaining("Cannot coerce");
    }

    @Test
    void refusesAnApiThatIsGone() {
        assertThatThrownBy(() -> StrictModels.parse(planted("apps/v1", "apps/v1beta2")))
                .hasMessageContaining("apps/v1beta2 StatefulSet");
    }

    @Test
    void refusesAnyFaultyDocumentOfMany() {
        assertThatThrownBy(() -> StrictModels.parse(String.join("---\n", List.of(GOOD, planted("periodSeconds",
                "periodHours"))))).hasMessageContaining("periodHours");
    }

    private static String planted(String right, String wrong) {
        assertThat(GOOD).contains(right);
        return GOOD.replace(right, wrong.replace("\\n", "\n"));
    }
}
