package org.cheesecoin.member.persistence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The schema of one database, as Flyway knows it: the files in {@code db/migration}. None changes once it was delivered,
 * since Flyway holds a database to the very text that it was made with.
 */
final class Schema {

    private static final String MIGRATIONS = "classpath:db/migration";

    private final Login login;
    private final Flyway flyway;

    /**
     * Where a database stands.
     *
     * @param present the version that it has, 0 if none
     * @param newest the version that this program works with
     * @param missing those between, in their order
     */
    record Versions(MigrationVersion present, MigrationVersion newest, List<MigrationVersion> missing) {

        private static final MigrationVersion NONE = MigrationVersion.fromVersion("0");

        boolean isNew() {
            return present.equals(NONE);
        }

        boolean isCurrent() {
            return missing.isEmpty();
        }

        /** The one after the present, which must not be the newest. */
        MigrationVersion next() {
            return missing.getFirst();
        }

        boolean passes(MigrationVersion version) {
            return missing.contains(version);
        }
    }

    private Schema(Login login) {
        this.login = login;
        FluentConfiguration settings = Flyway.configure()
                .dataSource(login.unhurried())
                .locations(MIGRATIONS)
                // Else Flyway notes a version on a second connection to PostgreSQL, and so in a transaction of its own: a
                // process that is killed between the two leaves tables that no later start can make.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        login.kind().settings().ifPresent(settings::initSql);
        this.flyway = settings.load();
    }

    static Schema of(Login login) {
        return new Schema(login);
    }

    /**
     * Where this database stands. A version whose migration failed does not count as present.
     *
     * @throws UnusableDatabase if it is newer than this program, or was made with another text of a migration
     */
    Versions versions() {
        MigrationInfo[] all = info();
        MigrationVersion present = newest(Arrays.stream(all).filter(Schema::isThere));
        MigrationVersion newest = newest(Arrays.stream(all).filter(it -> it.getState().isResolved()));
        if (present.compareTo(newest) > 0) {
            throw UnusableDatabase.untilMended(
                    ("%s was written by a newer version of this program (its schema is %s, and this one"
                            + " knows %s): start that version, or put a back-up in its place")
                            .formatted(login.place(), present, newest));
        }
        Arrays.stream(all).filter(it -> isThere(it) && !it.isChecksumMatching()).findFirst().ifPresent(it -> {
            throw UnusableDatabase.untilMended("%s was made by another program: its schema %s is not this one's"
                    .formatted(login.place(), it.getVersion()));
        });
        return new Versions(present, newest, Arrays.stream(all)
                .filter(it -> it.getState().isResolved() && !isThere(it))
                .map(MigrationInfo::getVersion).sorted().distinct().toList());
    }

    private static boolean isThere(MigrationInfo migration) {
        return migration.isVersioned() && migration.getState().isApplied() && !migration.getState().isFailed();
    }

    private static MigrationVersion newest(Stream<MigrationInfo> migrations) {
        return migrations.map(MigrationInfo::getVersion).max(Comparator.naturalOrder()).orElse(Versions.NONE);
    }

    private MigrationInfo[] info() {
        try {
            return flyway.info().all();
        } catch (FlywayException e) {
            throw unusable(e);
        }
    }

    /**
     * Brings the database to the newest version.
     *
     * @throws UnusableDatabase if that cannot be done
     */
    void migrate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw unusable(e);
        }
    }

    private UnusableDatabase unusable(FlywayException reason) {
        return UnusableDatabase.forNow("the schema of %s cannot be read or made: %s".formatted(login.place(),
                String.valueOf(reason.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ")), reason);
    }
}
