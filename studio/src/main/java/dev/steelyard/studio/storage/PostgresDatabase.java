package dev.steelyard.studio.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * A database of PostgreSQL. An advisory lock that belongs to the writing session keeps other processes from writing: as
 * everything is written in that session, who has lost it cannot write any more. A pooler that shares sessions between
 * transactions must not stand between.
 */
final class PostgresDatabase extends Database {

    static final String PREFIX = "jdbc:postgresql:";

    private static final long POLL_MILLIS = 200;
    private static final int MOST_READERS = 8;
    private static final Duration READER_PATIENCE = Duration.ofSeconds(3);

    private final String address;
    private final Properties properties = new Properties();
    private final String place;
    private HikariDataSource readers;

    PostgresDatabase(String address, Map<String, String> environment) {
        this.address = address;
        Properties named = org.postgresql.Driver.parseURL(address, null);
        if (named == null) {
            // Not repeated: it may hold a password.
            throw new IllegalArgumentException("the address is none of PostgreSQL; write " + PREFIX
                    + "//host:port/name, and give user and password by PGUSER and PGPASSWORD or as"
                    + " ?user=...&password=...");
        }
        this.place = named.getProperty("PGHOST", "localhost") + ":" + named.getProperty("PGPORT", "5432") + "/"
                + named.getProperty("PGDBNAME", "");
        if (environment.containsKey("PGUSER")) {
            properties.setProperty("user", environment.get("PGUSER"));
        }
        if (environment.containsKey("PGPASSWORD")) {
            properties.setProperty("password", environment.get("PGPASSWORD"));
        }
        // What the address says goes before these.
        properties.setProperty("ApplicationName", "steelyard");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
    }

    @Override
    String place() {
        return place;
    }

    @Override
    String remedy() {
        return "is it up, does it let this user in, and may the user make tables? Give user and password by PGUSER and"
                + " PGPASSWORD";
    }

    @Override
    String keyed() {
        return "";
    }

    @Override
    Connection connectToWrite(String log, Duration patience) throws SQLException {
        Connection connection = DriverManager.getConnection(address, properties);
        try {
            try (Statement statement = connection.createStatement()) {
                if (one(statement, "SHOW transaction_read_only").equals("on")) {
                    throw new StorageException(
                            "the database at " + place + " takes no writes; is it a standby? Name the primary");
                }
                // A commit must be on disk when it returns; what a server does beyond that stays.
                if (one(statement, "SHOW synchronous_commit").equals("off")) {
                    statement.execute("SET synchronous_commit = on");
                }
                // A writer whose machine is gone frees its lock within a minute.
                statement.execute("SET tcp_keepalives_idle = 30");
                statement.execute("SET tcp_keepalives_interval = 10");
                statement.execute("SET tcp_keepalives_count = 3");
            }
            lock(connection, log, patience);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void lock(Connection connection, String log, Duration patience) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        while (!locked(connection, log)) {
            if (System.nanoTime() >= until) {
                throw new StorageException(
                        "another process writes the log '" + log + "' at " + place + holder(connection, log)
                                + "; a log has one writer: stop that process, or name another database");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException("stopped while waiting for the log at " + place, e);
            }
        }
    }

    /** Tables are looked up in the current schema, so that a log of the same name in another schema is another log. */
    private static final String KEY = "hashtextextended('steelyard/' || current_schema() || '/' || ?, 0)";

    private static boolean locked(Connection connection, String log) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_lock(" + KEY + ")")) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String holder(Connection connection, String log) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT a.pid, COALESCE(host(a.client_addr), 'this machine'), a.backend_start"
                        + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
                        + " WHERE l.locktype = 'advisory' AND l.granted"
                        + " AND ((l.classid::bigint << 32) | l.objid::bigint) = " + KEY)) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? " (session " + row.getInt(1) + " from " + row.getString(2) + ", since " + row.getString(3)
                                + ")"
                        : "";
            }
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    synchronized DataSource readers() {
        if (readers == null) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(address);
            config.setDataSourceProperties(properties);
            config.setPoolName("log readers");
            config.setMaximumPoolSize(MOST_READERS);
            config.setMinimumIdle(0);
            config.setConnectionTimeout(READER_PATIENCE.toMillis());
            config.setInitializationFailTimeout(-1);
            config.setReadOnly(true);
            readers = new HikariDataSource(config);
        }
        return readers;
    }

    @Override
    public synchronized void close() {
        if (readers != null) {
            readers.close();
            readers = null;
        }
    }
}
