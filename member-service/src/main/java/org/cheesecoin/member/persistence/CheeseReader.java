package org.cheesecoin.member.persistence;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads committed cheeses off the loop, for peers and for the explorer. Any thread may use it. */
@Component
public class CheeseReader {

    private final JdbcTemplate jdbc;

    /** Reads through these connections. */
    public CheeseReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The encoding of a committed cheese, on whichever branch. */
    public Optional<byte[]> encoded(Smell smell) {
        return id(smell).flatMap(this::encoded);
    }

    /** A committed cheese, on whichever branch. */
    public Optional<Cheese> cheese(Smell smell) {
        return encoded(smell).map(bytes -> Cheese.decode(bytes).orElseThrow());
    }

    /** What the payments of a cheese spent, in their order; empty if it was never on the best branch. */
    public List<PlacedCoin> spent(Smell smell) {
        return id(smell)
                .flatMap(id -> parts("SELECT bytes FROM cheese_undo WHERE id BETWEEN ? AND ? ORDER BY id", id))
                .map(Rows::placedCoins)
                .orElse(List.of());
    }

    /**
     * Headers of the best branch for one who has the cheeses of this locator, all of one committed state.
     *
     * @param locator smells, highest first; the first on our best branch counts, or the Blue Cheese
     * @param limit how many headers at most
     * @return ascending, from the one above that cheese on
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<CheeseHeader> headersAfter(List<Smell> locator, int limit) {
        int above = locator.stream().flatMap(smell -> bestHeight(smell).stream()).findFirst().orElse(0);
        return jdbc.query(
                """
                SELECT c.header FROM best_cheese b JOIN cheese c ON c.id = b.cheese_id
                WHERE b.height BETWEEN ? AND ? ORDER BY b.height""",
                (row, _) -> CheeseHeader.decode(row.getBytes(1)).orElseThrow(), above + 1, above + limit);
    }

    private Optional<Integer> bestHeight(Smell smell) {
        return jdbc.query(
                """
                SELECT c.height FROM cheese c JOIN best_cheese b ON b.height = c.height AND b.cheese_id = c.id
                WHERE c.smell = ?""",
                (row, _) -> row.getInt(1), Rows.bytes(smell)).stream().findFirst();
    }

    Optional<byte[]> encoded(long id) {
        return parts("SELECT bytes FROM cheese_body WHERE id BETWEEN ? AND ? ORDER BY id", id);
    }

    private Optional<Long> id(Smell smell) {
        return jdbc.query("SELECT id FROM cheese WHERE smell = ?", (row, _) -> row.getLong(1), Rows.bytes(smell))
                .stream()
                .findFirst();
    }

    private Optional<byte[]> parts(String sql, long id) {
        List<byte[]> parts = jdbc.query(sql, (row, _) -> row.getBytes(1), Parts.firstId(id), Parts.lastId(id));
        return parts.isEmpty() ? Optional.empty() : Optional.of(Parts.join(parts));
    }
}
