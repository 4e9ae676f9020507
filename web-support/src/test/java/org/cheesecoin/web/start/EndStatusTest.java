package org.cheesecoin.web.start;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;

/** The status of a start that failed says whether starting again may help. */
class EndStatusTest {

    @Test
    void aBadSettingIsToBeMendedHoweverDeepItLies() {
        RuntimeException failure = new IllegalStateException(new IllegalArgumentException(
                BadSetting.of("cheesecoin.network", "x", "another")));
        assertThat(EndStatus.of(failure).map(EndStatus::code)).contains(78);
    }

    /** Spring's own words for a setting that is wrong. */
    @Test
    void aSettingThatSpringRefusesIsToBeMendedToo() {
        RuntimeException failure = new IllegalStateException(
                new InvalidConfigurationPropertyValueException("server.ssl.bundle", "x", "there is none"));
        assertThat(EndStatus.of(failure)).contains(EndStatus.MEND_FIRST);
    }

    @Test
    void whatNobodyKnowsSaysNothing() {
        assertThat(EndStatus.of(new IllegalStateException("a bug"))).isEqualTo(Optional.empty());
    }
}
