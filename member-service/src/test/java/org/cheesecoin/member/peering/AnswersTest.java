package org.cheesecoin.member.peering;

import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.node.LinkAccount;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.settings.MemoryPlan;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an answer takes of the memory that all links share. */
class AnswersTest {

    private static final GossipLimits LIMITS = GossipLimits.of(new MemoryPlan(MemoryPlan.LAUNCHER_HEAP_BYTES));
    private static final Message.NotFound SHORT = new Message.NotFound(List.of(Sha256.hash(new byte[]{1})));

    @Test
    void aShortAnswerTakesWhatItIsAndKeepsNobodyWaitingWhoeverReads() {
        int more = (int) (LIMITS.smallAnswerBytes() / LinkAccount.ANSWER_BYTES) + 2;
        List<StuckSocket> sockets = IntStream.range(0, more).mapToObj(_ -> new StuckSocket()).toList();
        try (Answers answers = new Answers(new CheeseReader(new JdbcTemplate()), new Mailbox(100, 1_000_000), LIMITS)) {
            for (int i = 0; i < more; i++) {
                Connection connection = new Connection(new LinkId(i + 1L), sockets.get(i), LIMITS, () -> 0,
                        new GossipTraffic());
                connection.joined();
                Thread.ofVirtual().start(connection::sendAll);
                answers.message(connection, SHORT);
            }

            await().untilAsserted(() -> assertThat(sockets).allMatch(it -> it.isWriting.getCount() == 0));
        } finally {
            sockets.forEach(StuckSocket::close);
        }
    }
}
