package org.cheesecoin.member.node;

import org.cheesecoin.member.MemberApplication;
import org.springframework.boot.SpringApplication;

/** A member whose loop breaks for good after some turns, as a bug would break it. */
final class BrokenMember {

    private BrokenMember() {}

    /** Takes settings as a member does. */
    public static void main(String[] args) {
        // no component by itself, or every member of these tests would break
        new SpringApplication(MemberApplication.class, Breaker.class).run(args);
    }

    /** Follows the loop. */
    static final class Breaker implements LoopFollower {

        private static final int GOOD_TURNS = 20;

        private int turns;

        @Override
        public void started(LoopAccess access) {
            breakAfterGoodTurns();
        }

        @Override
        public void turned(LoopTimes times, LoopAccess access) {
            turns++;
            breakAfterGoodTurns();
        }

        private void breakAfterGoodTurns() {
            if (turns > GOOD_TURNS) {
                throw new IllegalStateException("a bug, for a test");
            }
        }
    }
}
