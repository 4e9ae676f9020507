package org.cheesecoin.member.security;

import java.nio.file.Path;

import org.cheesecoin.membertest.ShellApplication;
import org.cheesecoin.web.start.BadSetting;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StartTest {

    @TempDir private Path folder;

    @Test
    void bindsWiderThanLoopbackOnlyWithAChosenToken() {
        assertThatThrownBy(() -> start("--server.address=0.0.0.0"))
                .hasRootCauseInstanceOf(BadSetting.class)
                .rootCause()
                .hasMessageContaining("server.address is '0.0.0.0'")
                .hasMessageContaining("CHEESECOIN_OWNER_TOKEN");
    }

    @Test
    void takesAChosenTokenAndWritesNone() {
        try (var context = (ServletWebServerApplicationContext) start("--cheesecoin.owner-token=chosen-0123456789")) {
            try (Http http = new Http(context.getWebServer().getPort())) {
                assertThat(http.post("/pay", "chosen-0123456789", "{\"to\":\"a\",\"amountCrumbs\":1}").status())
                        .isEqualTo(200);
                assertThat(http.post("/pay", "chosen-012345678", "{}").status()).isEqualTo(401);
            }
        }
        assertThat(folder.resolve("owner.token")).doesNotExist();
    }

    @Test
    void anIdAndATokenOutliveARestart() {
        String first = idAndToken();
        assertThat(idAndToken()).isEqualTo(first);
    }

    private String idAndToken() {
        try (ConfigurableApplicationContext context = start()) {
            return context.getBean("nodeKey") + readToken();
        }
    }

    private String readToken() {
        try {
            return java.nio.file.Files.readString(folder.resolve("owner.token"));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private ConfigurableApplicationContext start(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of(arguments));
        all.add("--cheesecoin.data=" + folder);
        // readiness asks the loop, which is not here
        all.add("--management.endpoint.health.validate-group-membership=false");
        return new SpringApplication(ShellApplication.class).run(all.toArray(String[]::new));
    }
}
