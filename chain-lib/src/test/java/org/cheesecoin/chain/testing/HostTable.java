package org.cheesecoin.chain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The table of hosts in protocol.md: every door for a host is tried with each row of it. */
public final class HostTable {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (yes|no) \\| .*\\|");

    private HostTable() {}

    /**
     * A row.
     *
     * @param host as it is written there
     * @param isTaken whether it is a host by that page
     */
    public record Row(String host, boolean isTaken) {

        /** A gossip URL with this host. */
        public String gossipUrl() {
            return "ws://" + host + ":8081/gossip";
        }
    }

    /** All of them. */
    public static List<Row> rows() {
        try {
            String page = Files.readString(Path.of("../protocol.md"));
            String section = page.substring(page.indexOf("### Hosts"), page.indexOf("### Handshake"));
            List<Row> rows = ROW.matcher(section).results()
                    .map(it -> new Row(it.group(1), it.group(2).equals("yes")))
                    .toList();
            if (rows.size() < 30 || rows.stream().noneMatch(Row::isTaken) || rows.stream().allMatch(Row::isTaken)) {
                throw new IllegalStateException("protocol.md has no table of hosts any more");
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
