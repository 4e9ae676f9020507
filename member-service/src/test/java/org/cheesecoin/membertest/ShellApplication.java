package org.cheesecoin.membertest;

import java.util.Optional;

import org.cheesecoin.member.peering.NodeKeyConfiguration;
import org.cheesecoin.member.security.SecurityConfiguration;
import org.cheesecoin.member.settings.SettingsConfiguration;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.member.web.OwnerOnly;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The member's shell with a few calls of its own: settings, security and problem documents, no database, no coin. */
@EnableAutoConfiguration(exclude = {
        DataSourceAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class,
        UserDetailsServiceAutoConfiguration.class})
@ComponentScan(basePackages = "org.cheesecoin.member.web",
        // tests of that package bring services of their own
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test\\$.*"))
@Import({
        SettingsConfiguration.class,
        SecurityConfiguration.class,
        NodeKeyConfiguration.class,
        ShellApplication.Calls.class})
public class ShellApplication {

    record Payment(String to, long amountCrumbs) {}

    record Echo(String to, long amountCrumbs) {}

    @RestController
    static class Calls {

        @Open
        @GetMapping("/open/{number}")
        Echo open(@PathVariable int number, @RequestParam Optional<Integer> limit) {
            return new Echo("open", number + limit.orElse(0));
        }

        @OwnerOnly
        @PostMapping("/pay")
        Echo pay(@RequestBody Payment payment) {
            return new Echo(payment.to(), payment.amountCrumbs());
        }

        @GetMapping("/unmarked")
        Echo unmarked() {
            return new Echo("never", 0);
        }
    }
}
