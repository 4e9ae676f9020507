package org.cheesecoin.web;

import java.util.List;

import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustedProxiesTest {

    private static final TrustedProxies PROXIES = TrustedProxies.of("proxies",
            List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

    @ParameterizedTest
    @CsvSource({"10.1.2.3,true", "11.1.2.3,false", "192.0.2.7,true", "192.0.2.8,false", "fd00:0:0:0:0:0:0:1,true",
            "2001:db8::1,false", "::ffff:10.1.2.3,true", "proxy.example.org,false", "'',false"})
    void knowsItsOwn(String address, boolean isTrusted) {
        assertThat(PROXIES.isTrusted(address)).isEqualTo(isTrusted);
        assertThat(TrustedProxies.NONE.isTrusted(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.5 | 203.0.113.5",
            "6.6.6.6, 203.0.113.5 | 203.0.113.5",
            "6.6.6.6, 203.0.113.5, 10.9.9.9 | 203.0.113.5",
            "203.0.113.5:4711, 10.9.9.9:80 | 203.0.113.5",
            "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
            "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
            "10.9.9.9 | 10.9.9.9",
            "6.6.6.6, unknown | 10.0.0.1",
            "6.6.6.6, localhost, 10.9.9.9 | 10.9.9.9",
            "6.6.6.6, fe80::1%eth0 | 10.0.0.1",
            ",, | 10.0.0.1"})
    void aCallerIsTheLastThatIsNoProxyWhateverStrangersSaidBefore(String forwarded, String caller) {
        assertThat(PROXIES.callerBehind("10.0.0.1", List.of(forwarded))).isEqualTo(caller);
    }

    @Test
    void linesCountInTheirOrder() {
        assertThat(PROXIES.callerBehind("10.0.0.1", List.of("6.6.6.6", "203.0.113.5"))).isEqualTo("203.0.113.5");
        assertThat(PROXIES.callerBehind("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.256", "*", "", "/8",
            "fe80::1%eth0"})
    void aNameOrWhatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> TrustedProxies.of("cheesecoin.proxies", List.of(text)))
                .isInstanceOf(BadSetting.class)
                .hasMessage("cheesecoin.proxies is '%s': it must be a literal address or a network, as 10.1.2.3 or "
                        + "10.0.0.0/8", text);
    }
}
