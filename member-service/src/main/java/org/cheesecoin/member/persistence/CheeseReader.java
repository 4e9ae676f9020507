package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.Hash256;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

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

    /** How long the encoding of a committed cheese is, in bytes. */
    public Optional<Integer> sizeBytes(Smell smell) {
        return jdbc.query("SELECT size_bytes FROM cheese WHERE smell = ?", (row, _) -> row.getInt(1), Rows.bytes(smell))
                .stream()
                .findFirst();
    }

    /**
     * Where a peer's branch leaves the best one.
     *
     * @param height of the fork
     * @param smell of the fork; none where the peer named nothing that is on the best branch, which forks at the Blue
     *            Cheese
     * @param tipHeight of the best branch
     */
    public record Fork(int height, Optional<Smell> smell, int tipHeight) {}

    /** The first of these that is on the best branch. One look-up, however many there are. */
    public Fork fork(List<Smell> locator) {
        Map<Smell, Integer> heights = new HashMap<>();
        if (!locator.isEmpty()) {
            String marks = String.join(", ", Collections.nCopies(locator.size(), "?"));
            jdbc.query("SELECT c.smell, b.height FROM cheese c"
                    + " JOIN best_cheese b ON b.height = c.height AND b.cheese_id = c.id WHERE c.smell IN (" + marks
                    + ")",
                    row -> {
                        heights.put(new Smell(Hash256.of(row.getBytes(1))), row.getInt(2));
                    },
                    locator.stream().map(Rows::bytes).toArray());
        }
        Optional<Smell> first = locator.stream().filter(heights::containsKey).findFirst();
        int tipHeight = jdbc.query("SELECT MAX(height) FROM best_cheese", (row, _) -> row.getInt(1)).getFirst();
        return new Fork(first.map(heights::get).orElse(0), first, tipHeight);
    }

    /**
     * The encodings of the headers above a fork, as many as there are up to the limit.
     *
     * @return nothing where the fork is not on the best branch any more
     */
    public Optional<List<byte[]>> headersAbove(Fork fork, int limit) {
        List<byte[]> headers = new ArrayList<>();
        List<Smell> at = new ArrayList<>();
        jdbc.query("SELECT b.height, c.smell, c.header FROM best_cheese b JOIN cheese c ON c.id = b.cheese_id"
                + " WHERE b.height BETWEEN ? AND ? ORDER BY b.height",
                row -> {
                    if (row.getInt(1) == fork.height()) {
                        at.add(new Smell(Hash256.of(row.getBytes(2))));
                    } else {
                        headers.add(row.getBytes(3));
                    }
                },
                fork.height(), fork.height() + limit);
        boolean isStillThere = fork.smell().map(at::contains).orElse(true);
        return isStillThere ? Optional.of(headers) : Optional.empty();
    }

    /** What the payments of a cheese spent, in their order; empty if it was never on the best branch. */
    public List<PlacedCoin> spent(Smell smell) {
        return id(smell)
                .flatMap(id -> parts("SELECT bytes FROM cheese_undo WHERE id BETWEEN ? AND ? ORDER BY id", id))
                .map(Rows::placedCoins)
                .orElse(List.of());
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
