package org.cheesecoin.member.settings;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The status of a start that failed says whether starting again may help. */
class EndStatusTest {

    @Test
    void aBadSettingIsToBeMendedHoweverDeepItLies() {
        RuntimeException failure = new IllegalStateException(new IllegalArgumentException(
                BadSetting.of("cheesecoin.network", "x", "another")));
        assertThat(EndStatus.of(failure).map(EndStatus::code)).contains(78);
    }

    @Test
    void whatNobodyKnowsSaysNothing() {
        assertThat(EndStatus.of(new IllegalStateException("a bug"))).isEqualTo(Optional.empty());
    }
}
