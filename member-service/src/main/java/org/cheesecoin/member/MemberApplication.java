package org.cheesecoin.member;

import org.cheesecoin.web.start.ServiceStart;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts a member. There are no user accounts: the owner's token is the only one. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class MemberApplication {

    /** Takes settings as {@code --name=value}; {@code MemberProperties} lists them. */
    public static void main(String[] args) {
        ServiceStart.run(MemberApplication.class, args);
    }
}
