package org.cheesecoin.member.peering;

import java.util.Collections;
import java.util.List;

import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.chain.wire.WireLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A peer has room for the long answer that it owes, whatever it says before. */
class AskedTest {

    private final Asked asked = new Asked();

    private static Message headers(int count) {
        return new Message.Headers(Collections.nCopies(count, TestWorld.fresh().tip().header()));
    }

    @Test
    void anAnnouncementThatOvertakesTheAnswerLeavesTheAnswerDue() {
        asked.sent(new Message.GetHeaders(List.of(TestWorld.fresh().tip().smell())));

        asked.received(headers(1));
        asked.received(headers(WireLimits.MAX_ANNOUNCED_HEADERS));
        assertThat(asked.isDue(MessageType.HEADERS)).isTrue();

        asked.received(headers(WireLimits.MAX_ANNOUNCED_HEADERS + 1));
        assertThat(asked.isDue(MessageType.HEADERS)).isFalse();
    }
}
