package org.cheesecoin.member;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts a member. There are no user accounts: the owner's token is the only one. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class MemberApplication {

    /** Takes settings as {@code --name=value}; {@code MemberProperties} lists them. */
    public static void main(String[] args) {
        SpringApplication.run(MemberApplication.class, args);
    }
}
