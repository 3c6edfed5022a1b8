package dev.steelyard.studio.decide;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Experiments and their events in SQLite. One thread writes: it commits all that waits in one transaction that is forced to
 * disk, so that many requests share one force; a write's future completes when it is on disk.
 */
final class EventLog implements AutoCloseable {

    private static final int MOST_IN_A_COMMIT = 2000;

    private final String url;
    private final Connection connection;
    private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    /** Something to be written, and who waits for it. */
    private record Write(Work work, CompletableFuture<Void> done) {}

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    /**
     * An experiment as it was created.
     *
     * @param options the learner's, JSON
     * @param arms names of the arms, a JSON array; empty for none
     */
    record Definition(String id, String learner, String options, long seed, String arms, String created) {}

    /** A learner's state after the events below a number. */
    record Snapshot(long events, String state) {}

    /**
     * Opens or makes the file.
     *
     * @throws IllegalStateException if it cannot be opened
     */
    EventLog(Path file) {
        this.url = "jdbc:sqlite:" + file.toAbsolutePath();
        try {
            this.connection = connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS experiments(id TEXT PRIMARY KEY, learner TEXT NOT NULL,"
                        + " options TEXT NOT NULL, seed INTEGER NOT NULL, arms TEXT NOT NULL, created TEXT NOT NULL)");
                statement.execute("CREATE TABLE IF NOT EXISTS events(experiment TEXT NOT NULL, number INTEGER NOT NULL,"
                        + " kind TEXT NOT NULL, decision INTEGER NOT NULL, time TEXT NOT NULL, context TEXT, body TEXT"
                        + " NOT NULL, propensity REAL NOT NULL, PRIMARY KEY(experiment, number)) WITHOUT ROWID");
                statement.execute("CREATE INDEX IF NOT EXISTS outcomes ON events(experiment, decision, kind)");
                statement.execute("CREATE TABLE IF NOT EXISTS snapshots(experiment TEXT PRIMARY KEY,"
                        + " events INTEGER NOT NULL, state TEXT NOT NULL)");
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot open " + file + " (" + e.getMessage()
                            + "): it must be a file that can be written, or not be there yet",
                    e);
        }
        this.writer = Thread.ofPlatform().name("event log").start(this::write);
    }

    private Connection connect() throws SQLException {
        Connection opened = DriverManager.getConnection(url);
        try (Statement statement = opened.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA busy_timeout=10000");
        }
        return opened;
    }

    private void write() {
        List<Write> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_IN_A_COMMIT);
                commit(batch);
            } catch (InterruptedException e) {
                // Closing; what waits is still written.
                closed = true;
            }
            batch.clear();
        }
    }

    private void commit(List<Write> batch) {
        try {
            for (Write write : batch) {
                write.work().run(connection);
            }
            connection.commit();
            batch.forEach(write -> write.done().complete(null));
        } catch (SQLException e) {
            try {
                connection.rollback();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            batch.forEach(write -> write.done().completeExceptionally(e));
        }
    }

    private CompletableFuture<Void> submit(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.add(new Write(work, done));
        return done;
    }

    CompletableFuture<Void> create(Definition definition) {
        return submit(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO experiments VALUES(?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, definition.id());
                insert.setString(2, definition.learner());
                insert.setString(3, definition.options());
                insert.setLong(4, definition.seed());
                insert.setString(5, definition.arms());
                insert.setString(6, definition.created());
                insert.executeUpdate();
            }
        });
    }

    /** Appends an event; complete when it is on disk. */
    CompletableFuture<Void> append(Event event) {
        return submit(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO events VALUES(?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, event.experiment());
                insert.setLong(2, event.number());
                insert.setString(3, event.kind().name());
                insert.setLong(4, event.decision());
                insert.setString(5, event.time());
                insert.setString(6, event.context());
                insert.setString(7, event.body());
                insert.setDouble(8, event.propensity());
                insert.executeUpdate();
            }
        });
    }

    CompletableFuture<Void> save(String experiment, Snapshot snapshot) {
        return submit(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO snapshots VALUES(?, ?, ?)")) {
                insert.setString(1, experiment);
                insert.setLong(2, snapshot.events());
                insert.setString(3, snapshot.state());
                insert.executeUpdate();
            }
        });
    }

    /** Waits until all that was submitted before is on disk. */
    void flush() {
        submit(connection -> {}).join();
    }

    List<Definition> definitions() {
        List<Definition> definitions = new ArrayList<>();
        read(
                "SELECT * FROM experiments ORDER BY created, id",
                statement -> {},
                row -> definitions.add(new Definition(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6))));
        return definitions;
    }

    Optional<Snapshot> snapshot(String experiment) {
        List<Snapshot> found = new ArrayList<>();
        read(
                "SELECT events, state FROM snapshots WHERE experiment = ?",
                statement -> statement.setString(1, experiment),
                row -> found.add(new Snapshot(row.getLong(1), row.getString(2))));
        return found.stream().findFirst();
    }

    /** Gives an experiment's events from a number on, in order. */
    void events(String experiment, long from, Consumer<Event> each) {
        read(
                "SELECT * FROM events WHERE experiment = ? AND number >= ? ORDER BY number",
                statement -> {
                    statement.setString(1, experiment);
                    statement.setLong(2, from);
                },
                row -> each.accept(event(row)));
    }

    /** The outcome that a decision had. */
    Optional<String> outcome(String experiment, long decision) {
        List<String> found = new ArrayList<>();
        read(
                "SELECT body FROM events WHERE experiment = ? AND decision = ? AND kind = 'OUTCOME'",
                statement -> {
                    statement.setString(1, experiment);
                    statement.setLong(2, decision);
                },
                row -> found.add(row.getString(1)));
        return found.stream().findFirst();
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getString(1),
                row.getLong(2),
                Event.Kind.valueOf(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getDouble(8));
    }

    @FunctionalInterface
    private interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /** Reads on a connection of its own, which WAL lets see the last commit while the writer goes on. */
    private void read(String sql, Binder binder, Reader reader) {
        try (Connection own = connect();
                PreparedStatement statement = own.prepareStatement(sql)) {
            binder.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the event log (" + e.getMessage() + ")", e);
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        if (!closed) {
            flush();
            closed = true;
            writer.interrupt();
            try {
                writer.join();
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot close the event log (" + e.getMessage() + ")", e);
            }
        }
    }
}
