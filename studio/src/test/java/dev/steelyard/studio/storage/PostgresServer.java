package dev.steelyard.studio.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL on this machine, its programs out of a jar; a log of its own for who asks. */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "scale";
    public static final String PASSWORD = "not-to-be-seen";

    private final Path folder;
    private final AtomicInteger schemas = new AtomicInteger();
    private EmbeddedPostgres server;
    private int port;

    /** Starts; a test that needs it is skipped, saying so, where it cannot be started. */
    public PostgresServer() {
        try {
            this.folder = Files.createTempDirectory("postgres");
            start();
            execute("CREATE ROLE " + USER + " LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
            // All but the tests' own set-up must know the password.
            Files.writeString(
                    folder.resolve("data/pg_hba.conf"),
                    "host all postgres 127.0.0.1/32 trust\nhost all postgres ::1/128 trust\n"
                            + "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n");
            execute("SELECT pg_reload_conf()");
        } catch (IOException | IllegalStateException | SQLException e) {
            throw Assumptions.<RuntimeException>abort("PostgreSQL cannot be started on this machine: " + e);
        }
    }

    private void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                // The weakest that a server can be set to: the service must ask for more by itself.
                .setServerConfig("synchronous_commit", "off");
        if (port != 0) {
            builder.setPort(port);
        }
        server = builder.start();
        port = server.getPort();
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    /** The address of a new and empty schema, with user and password. */
    public String address() {
        String schema = "log" + schemas.getAndIncrement();
        try {
            execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return bare() + "?currentSchema=" + schema + "&user=" + USER + "&password=" + PASSWORD;
    }

    /** The address without user and password. */
    public String bare() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** Runs a statement on an address. */
    public static void execute(String address, String statement) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server at once, as in a crash: connections break, what was not committed is lost. */
    public void crash() {
        try {
            long process = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                    .getFirst()
                    .strip());
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process)).start().waitFor();
            ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after a crash, at the same port. */
    public void startAgain() {
        try {
            server.close(); // frees its folder; the process is gone
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
