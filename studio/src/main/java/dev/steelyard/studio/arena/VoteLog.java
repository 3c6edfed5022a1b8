package dev.steelyard.studio.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.storage.GroupCommit;
import dev.steelyard.studio.storage.LogStore;
import dev.steelyard.studio.storage.StorageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The events of an arena in a database, of which this process is the only writer. They are written by {@link
 * GroupCommit}: an event whose future is complete survives the end of the process and of the machine's power.
 */
final class VoteLog implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    /** Of parts of an import some ten megabytes. */
    private static final int READ_AT_ONCE = 200;

    private final LogStore store;
    private final GroupCommit<Write> commits;

    /** An event and its JSON. */
    private record Write(LoggedEvent event, String body) {}

    /**
     * Opens or makes the log.
     *
     * @param address a file's path or a JDBC address, such as {@code jdbc:sqlite:arena.db} or
     *     {@code jdbc:postgresql://db.example/votes}
     * @throws StorageException if it cannot be opened
     */
    VoteLog(String address) {
        this.store = LogStore.open(
                address,
                "arena",
                List.of(new LogStore.Table(
                        "arena_events", "number BIGINT PRIMARY KEY, time TEXT NOT NULL, body TEXT NOT NULL", false)));
        this.commits = new GroupCommit<>(store, "vote log", new Writer(), GroupCommit.Listener.NONE);
    }

    /** Where it is, without user and password. */
    String place() {
        return store.place();
    }

    /**
     * Whether the database can be written to.
     *
     * @throws StorageException if it does not answer
     */
    void check() {
        store.check();
    }

    /**
     * Changes whenever a write failed, or another arena may have written: what was built on the log before is to be read
     * again.
     */
    long epoch() {
        return commits.epoch();
    }

    private final class Writer implements GroupCommit.Writer<Write> {

        private static final long UNKNOWN = -1;

        private long next = UNKNOWN;

        @Override
        public void forget() {
            next = UNKNOWN;
        }

        /** Events have no gaps: what was built on one that failed fails too. */
        @Override
        public List<Write> put(List<Write> writes) throws SQLException {
            List<Write> refused = new ArrayList<>();
            if (writes.isEmpty()) {
                return refused;
            }
            if (next == UNKNOWN) {
                next = next();
            }
            PreparedStatement insert = store.prepared("INSERT INTO arena_events VALUES(?, ?, ?)");
            insert.clearBatch(); // a failed write leaves what it had in it
            for (Write write : writes) {
                if (write.event().number() == next) {
                    insert.setLong(1, next++);
                    insert.setString(2, write.event().time().toString());
                    insert.setString(3, write.body());
                    insert.addBatch();
                } else {
                    refused.add(write);
                }
            }
            insert.executeBatch();
            return refused;
        }

        private long next() throws SQLException {
            try (ResultSet row = store.prepared("SELECT COALESCE(MAX(number) + 1, 0) FROM arena_events")
                    .executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** An event as the log holds it; long for an import, so that it is better made before others wait for it. */
    static String body(ArenaEvent event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON: " + event, e);
        }
    }

    /** Appends an event; complete when it is on disk, or failed with a {@link StorageException}. */
    CompletableFuture<Void> append(LoggedEvent event, String body) {
        return commits.submit(new Write(event, body));
    }

    /**
     * Waits until all that was appended before is on disk or failed.
     *
     * @throws StorageException if the database does not answer
     */
    void flush() {
        commits.flush();
    }

    /**
     * Gives the events from one number up to another, without that, in order; as many as there are. Any thread may ask at
     * any time.
     */
    void read(long from, long to, Consumer<LoggedEvent> each) {
        // In pages, so that no connection waits for a slow reader and no log must fit into memory.
        long next = from;
        List<LoggedEvent> page;
        do {
            page = page(next, (int) Math.min(READ_AT_ONCE, to - next));
            page.forEach(each);
            next += page.size();
        } while (page.size() == READ_AT_ONCE);
    }

    private List<LoggedEvent> page(long from, int most) {
        List<LoggedEvent> page = new ArrayList<>();
        store.read(
                "SELECT number, time, body FROM arena_events WHERE number >= ? ORDER BY number LIMIT ?",
                statement -> {
                    statement.setLong(1, from);
                    statement.setInt(2, most);
                },
                row -> {
                    long expected = from + page.size();
                    if (row.getLong(1) != expected) {
                        throw new IllegalStateException("the votes at " + place() + " lack event " + expected
                                + "; they are damaged, restore them from a copy");
                    }
                    page.add(new LoggedEvent(
                            expected, Instant.parse(row.getString(2)), event(expected, row.getString(3))));
                });
        return page;
    }

    private ArenaEvent event(long number, String body) {
        try {
            return JSON.readValue(body, ArenaEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the votes at " + place() + " hold as event " + number + " what is no event of this program ("
                            + e.getOriginalMessage()
                            + "); nothing was changed: serve them with the version that wrote them, or restore them from a"
                            + " copy",
                    e);
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        commits.close();
    }
}
