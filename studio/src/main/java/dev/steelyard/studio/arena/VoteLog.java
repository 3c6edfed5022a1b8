package dev.steelyard.studio.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of an arena in a database, SQLite's or another by its JDBC address. An event that was appended is on disk: it
 * survives the end of the process and of the machine's power. Not for use by several threads at once.
 */
final class VoteLog implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SQLITE = "jdbc:sqlite:";
    private static final int AT_ONCE = 2000;

    private final String url;
    private Connection connection;

    /**
     * Opens or makes the log.
     *
     * @param url JDBC address, such as {@code jdbc:sqlite:arena.db}
     * @throws IllegalStateException if it cannot be opened
     */
    VoteLog(String url) {
        this.url = url;
        reconnect();
    }

    /** Opens a new connection; the old one is given up. */
    void reconnect() {
        close();
        try {
            connection = DriverManager.getConnection(url);
            try (Statement statement = connection.createStatement()) {
                if (url.startsWith(SQLITE)) {
                    statement.execute("PRAGMA journal_mode=WAL");
                    statement.execute("PRAGMA synchronous=FULL");
                    statement.execute("PRAGMA busy_timeout=10000");
                }
                statement.execute("CREATE TABLE IF NOT EXISTS arena_events(number BIGINT PRIMARY KEY,"
                        + " time TEXT NOT NULL, body TEXT NOT NULL)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot open the votes at " + url + " (" + e.getMessage()
                            + "): name a file that can be written, or the JDBC address of a database that is up",
                    e);
        }
    }

    /**
     * Writes an event; back only when it is on disk.
     *
     * @throws IllegalStateException if it is not known to be on disk
     */
    void append(LoggedEvent event) {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO arena_events VALUES(?, ?, ?)")) {
            insert.setLong(1, event.number());
            insert.setString(2, event.time().toString());
            insert.setString(3, JSON.writeValueAsString(event.event()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "event " + event.number() + " could not be written to " + url + " (" + e.getMessage()
                            + "); is another arena writing there, or the disk full? Nothing was counted; try again",
                    e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event " + event.number() + " cannot be written as JSON", e);
        }
    }

    /** Gives all events in order. */
    void read(Consumer<LoggedEvent> each) {
        read(connection, Long.MAX_VALUE, each);
    }

    /** Gives the first so many events in order; by a connection of its own, so that any thread may ask at any time. */
    void read(long events, Consumer<LoggedEvent> each) {
        try (Connection own = DriverManager.getConnection(url)) {
            read(own, events, each);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** In pages, so that a slow reader holds nothing up. */
    private void read(Connection source, long events, Consumer<LoggedEvent> each) {
        long next = 0;
        List<LoggedEvent> page;
        do {
            page = page(source, next, (int) Math.min(AT_ONCE, events - next));
            page.forEach(each);
            next += page.size();
        } while (page.size() == AT_ONCE);
    }

    private List<LoggedEvent> page(Connection source, long from, int most) {
        List<LoggedEvent> page = new ArrayList<>();
        try (PreparedStatement select = source.prepareStatement(
                "SELECT number, time, body FROM arena_events WHERE number >= ? ORDER BY number LIMIT ?")) {
            select.setLong(1, from);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long expected = from + page.size();
                    if (rows.getLong(1) != expected) {
                        throw new IllegalStateException("the votes at " + url + " lack event " + expected
                                + "; they are damaged, restore them from a copy");
                    }
                    page.add(new LoggedEvent(expected, Instant.parse(rows.getString(2)), event(rows.getString(3))));
                }
            }
            return page;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Whether the database answers.
     *
     * @throws IllegalStateException if it does not
     */
    void check() {
        page(connection, 0, 1);
    }

    private IllegalStateException unreadable(SQLException e) {
        return new IllegalStateException("cannot read the votes at " + url + " (" + e.getMessage() + ")", e);
    }

    private ArenaEvent event(String body) {
        try {
            return JSON.readValue(body, ArenaEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the votes at " + url + " hold what is no event of this program: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot close the votes at " + url + " (" + e.getMessage() + ")", e);
            }
        }
    }
}
