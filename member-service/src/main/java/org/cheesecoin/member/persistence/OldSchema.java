package org.cheesecoin.member.persistence;

import java.util.List;
import java.util.Map;

import org.flywaydb.core.api.MigrationVersion;

/**
 * What the copy of an older H2 database needs beside its migrations. Members before schema 5 changed it in place, and H2
 * commits each statement of a migration by itself: one that was killed left a part of the next version, without its row in
 * Flyway's history.
 */
final class OldSchema {

    /** V4 looks each cheese up in best_cheese by its id, for which there is no index: 20,000 cheeses took 87 s. */
    private static final MigrationVersion LOOKS_UP_BEST = MigrationVersion.fromVersion("4");

    /** By the version that was not finished: what takes it back, however much of it there is. */
    private static final Map<MigrationVersion, List<String>> TAKEN_BACK = Map.of(
            MigrationVersion.fromVersion("2"), List.of(
                    "DROP TABLE IF EXISTS wallet_state",
                    "DROP TABLE IF EXISTS wallet_address",
                    "DROP TABLE IF EXISTS wallet_coin",
                    "DROP TABLE IF EXISTS wallet_transaction"),
            MigrationVersion.fromVersion("3"), List.of(
                    "ALTER TABLE wallet_state DROP COLUMN IF EXISTS words_acknowledged_millis",
                    "ALTER TABLE wallet_address DROP COLUMN IF EXISTS label",
                    "ALTER TABLE wallet_transaction DROP COLUMN IF EXISTS other_txid",
                    "DROP TABLE IF EXISTS wallet_payment_key"),
            MigrationVersion.fromVersion("4"), List.of(
                    "DROP TABLE IF EXISTS address_balance",
                    "ALTER TABLE index_state DROP COLUMN IF EXISTS circulating_crumbs",
                    "DROP INDEX IF EXISTS cheese_by_height_and_id",
                    "CREATE INDEX IF NOT EXISTS cheese_by_height ON cheese (height)",
                    "DROP TABLE IF EXISTS side_cheese"));

    private OldSchema() {}

    /** Before the migrations: takes back what there is of the next version, and what a later start noted against it. */
    static void prepare(Session session, Schema.Versions versions) {
        TAKEN_BACK.getOrDefault(versions.next(), List.of()).forEach(session::execute);
        session.execute("DELETE FROM \"flyway_schema_history\" WHERE \"success\" = FALSE");
        if (versions.passes(LOOKS_UP_BEST)) {
            session.execute("CREATE INDEX IF NOT EXISTS best_cheese_by_cheese ON best_cheese (cheese_id)");
        }
        session.commit();
    }

    /** After the migrations. */
    static void tidy(Session session, Schema.Versions versions) {
        if (versions.passes(LOOKS_UP_BEST)) {
            session.execute("DROP INDEX best_cheese_by_cheese");
            session.commit();
        }
    }
}
