package dev.steelyard.studio.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(UsesPostgres.class)
class LogStoreTest {

    private static final List<LogStore.Table> TABLES =
            List.of(new LogStore.Table("entries", "number BIGINT PRIMARY KEY, body TEXT NOT NULL", true));

    @TempDir
    Path folder;

    private static LogStore open(String address, String log) {
        return LogStore.open(address, log, Duration.ZERO, TABLES);
    }

    private static void insert(LogStore store, long number) {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO entries VALUES(" + number + ", 'ink')");
            }
        });
    }

    private static List<Long> numbers(LogStore store) {
        List<Long> numbers = new ArrayList<>();
        store.read(
                "SELECT number FROM entries WHERE number >= ? ORDER BY number",
                statement -> statement.setLong(1, 0),
                row -> numbers.add(row.getLong(1)));
        return numbers;
    }

    private void keepsTransactionsWhole(String address) {
        try (LogStore store = open(address, "decide")) {
            insert(store, 0);
            assertThatThrownBy(() -> store.write(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("INSERT INTO entries VALUES(1, 'ink')");
                            statement.execute("INSERT INTO entries VALUES(0, 'twice')");
                        }
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("try again");
            assertThatThrownBy(() -> store.write(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("INSERT INTO entries VALUES(1, 'ink')");
                        }
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
            assertThat(numbers(store)).containsExactly(0L);
            insert(store, 1);
            assertThat(store.sessions()).isEqualTo(1);
        }
        try (LogStore store = open(address, "decide")) {
            assertThat(numbers(store)).containsExactly(0L, 1L);
        }
    }

    @Test
    void sqliteKeepsTransactionsWhole() {
        keepsTransactionsWhole(folder.resolve("log.db").toString());
    }

    @Test
    void postgresKeepsTransactionsWhole(PostgresServer postgres) {
        keepsTransactionsWhole(postgres.address());
    }

    @Test
    void aFileHasOneWriter() {
        String address = folder.resolve("log.db").toString();
        try (LogStore first = open(address, "decide")) {
            assertThatThrownBy(() -> open(address, "decide"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("another")
                    .hasMessageContaining("one writer");
            insert(first, 0);
        }
        open(address, "decide").close();
    }

    @Test
    void aLogInPostgresHasOneWriterAndTwoLogsHaveTwo(PostgresServer postgres) {
        String address = postgres.address();
        try (LogStore first = open(address, "decide")) {
            assertThatThrownBy(() -> open(address, "decide"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("another process writes the log 'decide' at localhost:")
                    .hasMessageContaining("(session ");
            open(address, "arena").close();
            open(postgres.address(), "decide").close();
            insert(first, 0);
        }
        open(address, "decide").close();
    }

    /** The lock goes with the session, and so does the right to write. */
    @Test
    void whoLostTheSessionDoesNotWrite(PostgresServer postgres) {
        String address = postgres.address();
        try (LogStore lost = open(address, "decide")) {
            PostgresServer.execute(
                    address,
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <>"
                            + " pg_backend_pid()");
            try (LogStore taker = LogStore.open(address, "decide", Duration.ofSeconds(5), TABLES)) {
                insert(taker, 0);
                assertThatThrownBy(() -> insert(lost, 1)).isInstanceOf(StorageException.class);
                assertThatThrownBy(() -> insert(lost, 1)).hasMessageContaining("another process writes");
                assertThat(numbers(taker)).containsExactly(0L);
            }
            await(lost::check);
            assertThat(lost.sessions()).isEqualTo(2);
            insert(lost, 1);
        }
    }

    @Test
    void itIsBackWhenTheServerIs(PostgresServer postgres) {
        String address = postgres.address();
        try (LogStore store = open(address, "decide")) {
            insert(store, 0);
            postgres.crash();
            try {
                assertThatThrownBy(() -> insert(store, 1)).isInstanceOf(StorageException.class);
                assertThatThrownBy(store::check)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("cannot open localhost:")
                        .hasMessageContaining("is it up");
                assertThatThrownBy(() -> numbers(store)).isInstanceOf(StorageException.class);
            } finally {
                postgres.startAgain();
            }
            await(store::check);
            assertThat(numbers(store)).containsExactly(0L);
            insert(store, 1);
            assertThat(numbers(store)).containsExactly(0L, 1L);
        }
    }

    /** For seconds, as a server needs some to start and to notice who has gone. */
    private static void await(Runnable asked) {
        for (int i = 0; i < 100; i++) {
            try {
                asked.run();
                return;
            } catch (StorageException e) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
        asked.run();
    }

    /** The tests' server is set to acknowledge before it writes. */
    @Test
    void aCommitIsOnDiskWhateverTheServersDefault(PostgresServer postgres) throws SQLException {
        List<String> settings = new ArrayList<>();
        try (LogStore store = open(postgres.address(), "decide")) {
            store.read("SHOW synchronous_commit", statement -> {}, row -> settings.add(row.getString(1)));
            store.write(connection -> {
                try (Statement statement = connection.createStatement();
                        var row = statement.executeQuery("SHOW synchronous_commit")) {
                    row.next();
                    settings.add(row.getString(1));
                }
            });
        }
        assertThat(settings).containsExactly("off", "on");
    }

    @Test
    void userAndPasswordMayStandInTheEnvironment(PostgresServer postgres) throws SQLException {
        try (Database database = Database.at(
                        postgres.bare(), Map.of("PGUSER", PostgresServer.USER, "PGPASSWORD", PostgresServer.PASSWORD));
                var connection = database.connectToWrite("decide", Duration.ZERO)) {
            assertThat(connection.getMetaData().getUserName()).isEqualTo(PostgresServer.USER);
        }
    }

    @Test
    void noMessageHoldsThePassword(PostgresServer postgres) {
        String secret = "swordfish";
        String user = "?user=" + PostgresServer.USER + "&password=" + secret;
        for (String address : List.of(
                postgres.bare() + user,
                "jdbc:postgresql://localhost:1/none" + user,
                "jdbc:postgresql://localhost:port/none" + user,
                "postgresql://" + PostgresServer.USER + ":" + secret + "@localhost/none",
                "jdbc:mysql://localhost/none" + user,
                postgres.bare() + user + "&sslmode=everything")) {
            assertThatThrownBy(() -> open(address, "decide"))
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(secret))
                    .isInstanceOfAny(StorageException.class, IllegalArgumentException.class);
        }
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void whatIsNoLogIsRefusedByName() {
        assertThatThrownBy(() -> open("jdbc:sqlite::memory:", "decide")).hasMessageContaining("lost with the process");
        assertThatThrownBy(() -> open("jdbc:h2:mem", "decide")).hasMessageContaining("'jdbc:h2:'");
        assertThatThrownBy(() -> open(folder.toString(), "decide"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot open " + folder);
        assertThatThrownBy(() -> open(folder.resolve("none/log.db").toString(), "decide"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("can be written");
    }
}
