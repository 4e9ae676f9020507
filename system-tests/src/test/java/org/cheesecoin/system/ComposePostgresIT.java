package org.cheesecoin.system;

import java.util.List;

import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.system.Member.Balance;
import org.cheesecoin.system.Member.Tip;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cheesecoin.system.Members.SOON;
import static org.cheesecoin.system.Members.awaitHeight;
import static org.cheesecoin.system.Members.awaitOneTip;
import static org.cheesecoin.system.Members.awaitState;

/** The member of {@code docker-compose.yml} that keeps its stack in PostgreSQL, beside one that has a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({Docker.class, LogsOnFailure.class})
class ComposePostgresIT {

    private static final int HASHES_PER_SECOND = 5_000;
    private static final NetworkParameters NETWORK = NetworkJson.quick("compose-postgres", 2 * HASHES_PER_SECOND);
    private static final long AMOUNT = 12_345_678;

    private final Compose compose = Compose.of(NETWORK)
            .with("CHEESECOIN_MINING_HASHES_PER_SECOND", Integer.toString(HASHES_PER_SECOND))
            .with("CHEESECOIN_POSTGRES_PASSWORD", "password of the system tests")
            .with("COMPOSE_PROFILES", "postgres");
    private final Member inFile = compose.member(1);
    private final Member inServer = compose.memberOnPostgres();
    private final List<Member> both = List.of(inFile, inServer);

    @BeforeAll
    void buildImages() {
        Docker.assumeImage("postgres:18", "ComposePostgresIT");
        Docker.image("member");
    }

    @AfterAll
    void removeAll() {
        compose.close();
    }

    @Test
    void minesPaysAndOutlivesItsServer() {
        up();
        inFile.mine(false);
        await("funds").atMost(SOON).until(() -> inServer.balance().spendable() > 2 * AMOUNT);
        int height = inServer.tip().height();

        Docker.run("kill", compose.container("postgres")).orFail();
        String member = compose.container("member-postgres");
        up();
        awaitHeight(height + 2, both);
        assertThat(compose.container("member-postgres")).isEqualTo(member);
        assertThat(Docker.inspect(member, "{{.RestartCount}}")).isEqualTo("0");

        inServer.mine(false);
        awaitOneTip(both);
        String txid = inServer.pay(inFile.newAddress(), AMOUNT);
        both.forEach(it -> awaitState(it, txid, "pending"));
        Tip tip = inServer.tip();
        Balance balance = inServer.balance();
        compose.run("down").orFail();
        compose.with("CHEESECOIN_MINING_ENABLED", "false");
        up();

        assertThat(inServer.tip()).isEqualTo(tip);
        assertThat(inServer.balance()).isEqualTo(balance);
        inServer.mine(true);
        both.forEach(it -> awaitState(it, txid, "confirmed"));
        inServer.mine(false);
        awaitOneTip(both);
        Members.assertMoney(NETWORK, both, 0);
    }

    private void up() {
        compose.run("up", "--detach", "--no-build", "tracker", "member-1", "postgres",
                "member-postgres").orFail();
        compose.awaitHealth("tracker", "member-1", "postgres", "member-postgres");
    }
}
