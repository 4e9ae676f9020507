package org.cheesecoin.member.node;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows that belong to the loop's one commit. */
@FunctionalInterface
public interface LoopWrite {

    /** Writes them on the loop's own connection, whose transaction is open; it commits nothing. */
    void on(Connection connection) throws SQLException;
}
