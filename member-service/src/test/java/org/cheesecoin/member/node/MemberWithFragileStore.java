package org.cheesecoin.member.node;

import org.cheesecoin.member.MemberApplication;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.membertest.FragileStore;
import org.springframework.boot.SpringApplication;

/** A member whose database closes after some turns of the loop. */
final class MemberWithFragileStore {

    private MemberWithFragileStore() {}

    /** Takes settings as a member does. */
    public static void main(String[] args) {
        FragileStore.register();
        // no component by itself, or every member of these tests would break
        new SpringApplication(MemberApplication.class, Breaker.class).run(args);
    }

    /** Follows the loop. */
    static final class Breaker implements LoopFollower {

        private static final int GOOD_TURNS = 20;

        private final MemberDatabase database;
        private int turns;

        Breaker(MemberDatabase database) {
            this.database = database;
        }

        @Override
        public void turned(LoopTimes times, LoopAccess access) {
            turns++;
            if (turns == GOOD_TURNS) {
                Thread.ofPlatform().start(this::close);
            }
        }

        private void close() {
            FragileStore.close(database.readers());
            System.out.println("broken at " + System.currentTimeMillis());
        }
    }
}
