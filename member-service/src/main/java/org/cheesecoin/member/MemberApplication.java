package org.cheesecoin.member;

import org.cheesecoin.member.settings.EndStatus;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts a member. There are no user accounts: the owner's token is the only one. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class MemberApplication {

    /**
     * Takes settings as {@code --name=value}; {@code MemberProperties} lists them. Where it cannot start, the status says
     * whether starting again may help ({@link EndStatus}).
     */
    public static void main(String[] args) {
        try {
            SpringApplication.run(MemberApplication.class, args);
        } catch (RuntimeException e) {
            // Spring has said why. Its own way to a status publishes an event, which a context that failed prints a trace for.
            EndStatus.of(e).ifPresent(status -> System.exit(status.code()));
            throw e;
        }
    }
}
