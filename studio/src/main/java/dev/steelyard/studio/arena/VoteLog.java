package dev.steelyard.studio.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.storage.LogStore;
import dev.steelyard.studio.storage.StorageException;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of an arena in a database, of which this process is the only writer. An event that was appended is on disk: it
 * survives the end of the process and of the machine's power.
 */
final class VoteLog implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int READ_AT_ONCE = 2000;

    private final LogStore store;

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

    /** How often it was connected to; between two connections another arena may have written. */
    long sessions() {
        return store.sessions();
    }

    /**
     * Writes an event; back only when it is on disk.
     *
     * @throws StorageException if it is not known to be on disk
     */
    void append(LoggedEvent event) {
        String body;
        try {
            body = JSON.writeValueAsString(event.event());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event " + event.number() + " cannot be written as JSON", e);
        }
        try {
            store.write(connection -> {
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO arena_events VALUES(?, ?, ?)")) {
                    insert.setLong(1, event.number());
                    insert.setString(2, event.time().toString());
                    insert.setString(3, body);
                    insert.executeUpdate();
                }
            });
        } catch (StorageException e) {
            throw new StorageException("nothing was counted: " + e.getMessage(), e);
        }
    }

    /** Gives all events in order. */
    void read(Consumer<LoggedEvent> each) {
        read(Long.MAX_VALUE, each);
    }

    /** Gives the first so many events in order; any thread may ask at any time. */
    void read(long events, Consumer<LoggedEvent> each) {
        // In pages, so that no connection waits for a slow reader and no log must fit into memory.
        long next = 0;
        List<LoggedEvent> page;
        do {
            page = page(next, (int) Math.min(READ_AT_ONCE, events - next));
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
                    page.add(new LoggedEvent(expected, Instant.parse(row.getString(2)), event(row.getString(3))));
                });
        return page;
    }

    private ArenaEvent event(String body) {
        try {
            return JSON.readValue(body, ArenaEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the votes at " + place() + " hold what is no event of this program: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
