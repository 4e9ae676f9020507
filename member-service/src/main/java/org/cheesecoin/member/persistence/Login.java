package org.cheesecoin.member.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where a database is, and who opens it.
 *
 * @param url JDBC URL
 * @param user for PostgreSQL a role; H2 has one of its own
 * @param password never printed
 */
record Login(String url, String user, String password) {

    DatabaseKind kind() {
        return DatabaseKind.of(url);
    }

    /** The same for another database. */
    Login at(String otherUrl) {
        return new Login(otherUrl, user, password);
    }

    /** A connection that gives up on a server that does not answer. */
    Connection connect() {
        try {
            return DriverManager.getConnection(url, properties(kind().patience()));
        } catch (SQLException e) {
            throw DatabaseKind.unopened(url, e);
        }
    }

    /** Connections that may take as long as they take. */
    DataSource unhurried() {
        return new DriverManagerDataSource(url, user, password);
    }

    private Properties properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    /** What is wrong with the file of the database, where that is why something failed; nothing of a server's. */
    Optional<UnusableDatabase> trouble(Throwable failure) {
        return kind().trouble(place(), failure);
    }

    /** As an owner knows it: without settings, user and password. */
    String place() {
        return DatabaseKind.place(url);
    }

    @Override
    public String toString() {
        return "Login[" + place() + "]";
    }
}
