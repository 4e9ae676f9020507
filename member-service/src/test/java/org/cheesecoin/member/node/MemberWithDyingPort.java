package org.cheesecoin.member.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import org.apache.catalina.connector.Connector;
import org.cheesecoin.member.MemberApplication;
import org.cheesecoin.webtest.DyingPort;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** A member one of whose ports dies at the first connection, which comes after some turns of the loop. */
final class MemberWithDyingPort {

    private MemberWithDyingPort() {}

    /** Takes settings as a member does. */
    public static void main(String[] args) {
        // no component by itself, or every member of these tests would break
        new SpringApplication(MemberApplication.class, Breaker.class).run(args);
    }

    /** Follows the loop. */
    static final class Breaker
            implements LoopFollower, WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

        private static final int GOOD_TURNS = 20;

        private final Connector dying = DyingPort.on(0);
        private int turns;

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addAdditionalConnectors(dying);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }

        @Override
        public void turned(LoopTimes times, LoopAccess access) {
            turns++;
            if (turns == GOOD_TURNS) {
                try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), dying.getLocalPort())) {
                    System.out.println("broken at " + System.currentTimeMillis());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
