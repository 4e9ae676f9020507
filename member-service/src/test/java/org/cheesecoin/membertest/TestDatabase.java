package org.cheesecoin.membertest;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.Assumptions;

/** The databases that a member may have. Tests of what is stored run on each. */
public enum TestDatabase {

    /** A file in the folder. */
    H2 {
        @Override
        public MemberDatabase open(Path folder) {
            return MemberDatabase.inFolder(folder);
        }

        @Override
        public List<String> settings(Path folder) {
            return List.of();
        }
    },

    /** A database in one server that all tests of this JVM share. Where it cannot run, the tests are skipped. */
    POSTGRESQL {
        @Override
        public MemberDatabase open(Path folder) {
            return MemberDatabase.at(url(folder), PostgresServer.USER, PostgresServer.PASSWORD);
        }

        @Override
        public List<String> settings(Path folder) {
            return List.of("--spring.datasource.url=" + url(folder),
                    "--spring.datasource.username=" + PostgresServer.USER,
                    "--spring.datasource.password=" + PostgresServer.PASSWORD);
        }
    };

    /** Opens the database that belongs to this folder: the same folder is the same database. */
    public abstract MemberDatabase open(Path folder);

    /** How a whole member is told to use it, beside its data folder. */
    public abstract List<String> settings(Path folder);

    private static String url(Path folder) {
        String name = folder.toAbsolutePath().toString().toLowerCase(Locale.ROOT);
        return orSkip(PostgresServer.shared()).url("t_" + Integer.toHexString(name.hashCode()));
    }

    /** The server, where there is one; else the test is skipped, and says why. */
    public static PostgresServer orSkip(PostgresServer.Attempt attempt) {
        Assumptions.assumeTrue(attempt.server().isPresent(), "Skipped: " + attempt.whyNot());
        return attempt.server().orElseThrow();
    }
}
