package org.cheesecoin.web.start;

import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustBundleTest {

    @Test
    void namesTheSettingWhereThereIsNoSuchBundle() {
        assertThatThrownBy(
                () -> TrustBundle.context("cheesecoin.gossip.ssl-bundle", "ours", new DefaultSslBundleRegistry()))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("cheesecoin.gossip.ssl-bundle is 'ours': it must be the name of an SSL bundle");
    }
}
