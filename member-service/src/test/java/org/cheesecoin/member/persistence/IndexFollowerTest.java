package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.cheesecoin.chain.consensus.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The index follows the tip by itself, but not while the member needs disk and processors to catch up. */
class IndexFollowerTest {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration GIVES_WAY = Duration.ofMillis(300);

    @TempDir private Path folder;

    private MemberDatabase database;
    private IndexFollower follower;

    @BeforeEach
    void openAStackOfOneCheese() {
        database = MemberDatabase.inFolder(folder);
        Network network = History.network();
        database.openStore(network).close();
        follower = new IndexFollower(new StackIndexer(database.readers()), true, PAUSE, GIVES_WAY);
    }

    @AfterEach
    void close() {
        follower.stop();
        database.close();
    }

    @Test
    void givesWayWhileTheMemberCatchesUpAndGoesOnAfterIt() {
        long beganNanos = System.nanoTime();
        follower.giveWay();

        follower.start();

        await().pollInterval(PAUSE).until(() -> indexedHeight().isPresent());
        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isGreaterThanOrEqualTo(GIVES_WAY);
    }

    private Optional<Integer> indexedHeight() {
        return new JdbcTemplate(database.readers())
                .query("SELECT c.height FROM index_state s JOIN cheese c ON c.id = s.cheese_id",
                        (row, _) -> row.getInt(1))
                .stream()
                .findFirst();
    }
}
