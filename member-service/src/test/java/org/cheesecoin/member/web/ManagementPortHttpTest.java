package org.cheesecoin.member.web;

import java.io.IOException;

import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.ManagementPortTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The member's. */
class ManagementPortHttpTest extends ManagementPortTests {

    private static TestMember member;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start("management.server.port=0");
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Override
    protected int port() {
        return member.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }
}
