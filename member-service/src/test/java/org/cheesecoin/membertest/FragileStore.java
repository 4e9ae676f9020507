package org.cheesecoin.membertest;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.cheesecoin.member.persistence.MemberDatabase;

/** A database that is closed under a running member as H2 closes itself: after a read that failed. */
public final class FragileStore {

    private static final int MAX_READS = 1_000;

    private FragileStore() {}

    /** Tells a member to open its file as H2 does it by itself, which an interrupt closes, and without a cache. */
    public static String setting(Path folder) {
        return "--spring.datasource.url=jdbc:h2:nio:" + folder.resolve(MemberDatabase.NAME)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE"
                + ";CACHE_SIZE=0";
    }

    /** Reads interrupted until H2 has closed its database. */
    public static void close(DataSource readers) {
        try (Connection connection = readers.getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < MAX_READS; i++) {
                Thread.currentThread().interrupt();
                statement.executeQuery("SELECT bytes FROM cheese_body").close();
            }
        } catch (SQLException _) {
            return;
        } finally {
            clearInterrupt();
        }
        throw new AssertionError("an interrupt closed nothing");
    }

    /** Whoever called goes on. */
    private static boolean clearInterrupt() {
        return Thread.interrupted();
    }
}
