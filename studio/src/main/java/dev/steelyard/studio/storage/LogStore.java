package dev.steelyard.studio.storage;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tables of a log, of which this process is the only writer. A write that returned is on disk: it survives the end of
 * the process, of the database's server and of the machine's power. When the connection breaks, writes fail until the
 * database answers again; what a failed write left behind is only known from reading it again.
 *
 * <pre>{@code
 * LogStore store = LogStore.open("jdbc:postgresql://db.example/decisions", "decide", tables);
 * store.write(connection -> { ... });
 * store.read("SELECT body FROM events WHERE number >= ?", s -> s.setLong(1, 0), row -> ...);
 * }</pre>
 */
public final class LogStore implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LogStore.class.getName());
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int VALID_SECONDS = 5;

    private final Database database;
    private final String log;
    private Connection connection;
    private final AtomicLong sessions = new AtomicLong();
    /** Statements of this connection by their text. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private boolean down;
    private StorageException lastFailure;
    private long nextTry;
    private boolean closed;

    /**
     * A table.
     *
     * @param columns its definition between the brackets; types that all databases know: BIGINT, TEXT, DOUBLE PRECISION
     * @param keyed whether its rows may lie in the primary key's index
     */
    public record Table(String name, String columns, boolean keyed) {}

    /** What is written in one transaction. */
    @FunctionalInterface
    public interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** Sets a query's parameters. */
    @FunctionalInterface
    public interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Takes a row. */
    @FunctionalInterface
    public interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private LogStore(Database database, String log) {
        this.database = database;
        this.log = log;
    }

    /**
     * Opens a log, or makes its tables.
     *
     * @param address a file's path, {@code jdbc:sqlite:PATH}, or {@code jdbc:postgresql://host:port/name}; user and
     *     password may stand in the environment, PGUSER and PGPASSWORD
     * @param log the log's name; two logs of other names may be written by two processes
     * @param more statements that make what is missing, such as indexes; each must do nothing where it was done
     * @throws IllegalArgumentException if the address is of no database that is known
     * @throws StorageException if it cannot be opened, or another process writes there
     */
    public static LogStore open(String address, String log, List<Table> tables, String... more) {
        return open(address, log, START_PATIENCE, tables, more);
    }

    static LogStore open(String address, String log, Duration patience, List<Table> tables, String... more) {
        LogStore store = new LogStore(Database.at(address, System.getenv()), log);
        try {
            store.connect(patience);
            store.make(tables, more);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void make(List<Table> tables, String... more) {
        try {
            for (Table table : tables) {
                make(connection, table);
            }
            try (Statement statement = connection.createStatement()) {
                for (String each : more) {
                    statement.execute(each);
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw cannotOpen(e);
        }
    }

    private StorageException cannotOpen(SQLException failure) {
        return new StorageException(
                "cannot open " + place() + " (" + reason(failure) + "): " + database.remedy(), failure);
    }

    /** Makes a table that is missing; where it is there, no right to make any is needed. */
    private void make(Connection opened, Table table) throws SQLException {
        try (ResultSet found =
                opened.getMetaData().getTables(null, opened.getSchema(), table.name(), new String[] {"TABLE"})) {
            if (found.next()) {
                return;
            }
        }
        try (Statement statement = opened.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table.name() + "(" + table.columns() + ")"
                    + (table.keyed() ? database.keyed() : ""));
        }
    }

    /** Where the log is, without user and password. */
    public String place() {
        return database.place();
    }

    /** How often it was connected to for writing. Between two connections another process may have written. */
    public long sessions() {
        return sessions.get();
    }

    private void connect(Duration patience) {
        try {
            connection = database.connectToWrite(log, patience);
            sessions.incrementAndGet();
        } catch (SQLException e) {
            throw cannotOpen(e);
        }
    }

    private static String reason(Throwable failure) {
        // A pool hides the reason in the cause.
        Throwable reason = failure.getCause() instanceof SQLException cause ? cause : failure;
        return String.valueOf(reason.getMessage()).strip().replaceAll("\\s*\\n\\s*", " ");
    }

    /**
     * Writes in one transaction; back when it is on disk.
     *
     * @throws StorageException if it is not known to be on disk
     */
    public synchronized void write(Work work) {
        if (connection == null) {
            reconnect();
        }
        try {
            work.run(connection);
            connection.commit();
        } catch (SQLException e) {
            StorageException failure =
                    new StorageException("cannot write to " + place() + " (" + reason(e) + "); try again", e);
            abandon(failure);
            throw failure;
        } catch (RuntimeException e) {
            abandon(e);
            throw e;
        }
    }

    /**
     * A statement for {@link Work}, made once a connection; valid in that work only.
     *
     * @throws IllegalStateException if nothing is connected to
     */
    public synchronized PreparedStatement prepared(String statement) throws SQLException {
        if (connection == null) {
            throw new IllegalStateException("a statement is for what is written; ask for it there");
        }
        PreparedStatement known = prepared.get(statement);
        if (known == null) {
            known = connection.prepareStatement(statement);
            prepared.put(statement, known);
        }
        return known;
    }

    private void reconnect() {
        if (closed) {
            throw new StorageException("the log at " + place() + " was closed");
        }
        if (lastFailure != null && System.nanoTime() < nextTry) {
            throw lastFailure;
        }
        try {
            connect(Duration.ZERO);
            lastFailure = null;
            if (down) {
                down = false;
                LOG.log(Level.INFO, place() + " answers again");
            }
        } catch (StorageException e) {
            lastFailure = e;
            nextTry = System.nanoTime() + BETWEEN_TRIES.toNanos();
            throw e;
        }
    }

    /** Undoes what a failed transaction did; gives a connection up that does not answer. */
    private void abandon(Exception failure) {
        boolean usable = false;
        try {
            connection.rollback();
            usable = connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        if (!usable) {
            disconnect();
            if (!down) {
                down = true;
                LOG.log(Level.WARNING, failure.getMessage());
            }
        }
    }

    private void disconnect() {
        prepared.clear(); // they end with their connection
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is broken; its server frees what it held.
        } finally {
            connection = null;
        }
    }

    /**
     * Asks the database whether it can be written to; connects again if the connection broke.
     *
     * @throws StorageException if it does not answer
     */
    public void check() {
        write(asked -> {
            try (Statement statement = asked.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 1")) {
                row.next();
            }
        });
    }

    /**
     * Reads what was committed, beside the writer.
     *
     * @throws StorageException if it cannot be read
     */
    public void read(String query, Binder binder, Reader reader) {
        try (Connection own = database.readers().getConnection();
                PreparedStatement statement = own.prepareStatement(query)) {
            binder.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new StorageException("cannot read " + place() + " (" + reason(e) + "); try again", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
        database.close();
    }
}
