package dev.steelyard.studio.decide;

import dev.steelyard.studio.storage.LogStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How experiments, events and snapshots lie in tables. */
final class EventTables {

    static final List<LogStore.Table> ALL = List.of(
            new LogStore.Table(
                    "experiments",
                    "id TEXT PRIMARY KEY, learner TEXT NOT NULL, options TEXT NOT NULL, seed BIGINT NOT NULL,"
                            + " arms TEXT NOT NULL, created TEXT NOT NULL",
                    false),
            new LogStore.Table(
                    "events",
                    "experiment TEXT NOT NULL, number BIGINT NOT NULL, kind TEXT NOT NULL, decision BIGINT NOT NULL,"
                            + " time TEXT NOT NULL, context TEXT, body TEXT NOT NULL,"
                            + " propensity DOUBLE PRECISION NOT NULL, PRIMARY KEY(experiment, number)",
                    true),
            new LogStore.Table(
                    "snapshots", "experiment TEXT PRIMARY KEY, events BIGINT NOT NULL, state TEXT NOT NULL", false),
            // Beside the experiments, so that files from before there were expiries stay good.
            new LogStore.Table("expiries", "experiment TEXT PRIMARY KEY, duration TEXT NOT NULL", false));

    static final String INDEX = "CREATE INDEX IF NOT EXISTS outcomes ON events(experiment, decision, kind)";

    private EventTables() {}

    static void create(LogStore store, Definition definition) throws SQLException {
        PreparedStatement insert = store.prepared("INSERT INTO experiments VALUES(?, ?, ?, ?, ?, ?)");
        insert.setString(1, definition.id());
        insert.setString(2, definition.learner());
        insert.setString(3, definition.options());
        insert.setLong(4, definition.seed());
        insert.setString(5, definition.arms());
        insert.setString(6, definition.created());
        insert.executeUpdate();
        if (definition.expireAfter().isPresent()) {
            PreparedStatement expiry = store.prepared("INSERT INTO expiries VALUES(?, ?)");
            expiry.setString(1, definition.id());
            expiry.setString(2, definition.expireAfter().get().toString());
            expiry.executeUpdate();
        }
    }

    static void append(LogStore store, List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        PreparedStatement insert = store.prepared("INSERT INTO events VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        insert.clearBatch(); // a failed write leaves what it had in it
        for (Event event : events) {
            insert.setString(1, event.experiment());
            insert.setLong(2, event.number());
            insert.setString(3, event.kind().name());
            insert.setLong(4, event.decision());
            insert.setString(5, event.time().toString());
            insert.setString(6, event.context());
            insert.setString(7, event.body());
            insert.setDouble(8, event.propensity());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    static void save(LogStore store, String experiment, EventLog.Snapshot snapshot) throws SQLException {
        PreparedStatement insert = store.prepared("INSERT INTO snapshots VALUES(?, ?, ?)"
                + " ON CONFLICT(experiment) DO UPDATE SET events = excluded.events, state = excluded.state");
        insert.setString(1, experiment);
        insert.setLong(2, snapshot.events());
        insert.setString(3, snapshot.state());
        insert.executeUpdate();
    }

    /** The number that an experiment's next event must have. */
    static long next(LogStore store, String experiment) throws SQLException {
        PreparedStatement query =
                store.prepared("SELECT COALESCE(MAX(number) + 1, 0) FROM events WHERE experiment = ?");
        query.setString(1, experiment);
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static List<Definition> definitions(LogStore store) {
        List<Definition> definitions = new ArrayList<>();
        store.read(
                "SELECT id, learner, options, seed, arms, created, duration FROM experiments"
                        + " LEFT JOIN expiries ON expiries.experiment = experiments.id ORDER BY created, id",
                statement -> {},
                row -> definitions.add(new Definition(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        Optional.ofNullable(row.getString(7)).map(Duration::parse))));
        return definitions;
    }

    static Optional<EventLog.Snapshot> snapshot(LogStore store, String experiment) {
        List<EventLog.Snapshot> found = new ArrayList<>();
        store.read(
                "SELECT events, state FROM snapshots WHERE experiment = ?",
                statement -> statement.setString(1, experiment),
                row -> found.add(new EventLog.Snapshot(row.getLong(1), row.getString(2))));
        return found.stream().findFirst();
    }

    /** Events from a number on, in order, at most so many. */
    static List<Event> events(LogStore store, String experiment, long from, int most) {
        List<Event> events = new ArrayList<>();
        store.read(
                "SELECT experiment, number, kind, decision, time, context, body, propensity FROM events"
                        + " WHERE experiment = ? AND number >= ? ORDER BY number LIMIT " + most,
                statement -> {
                    statement.setString(1, experiment);
                    statement.setLong(2, from);
                },
                row -> events.add(event(row)));
        return events;
    }

    /** How many events an experiment has; they have no gaps. */
    static long count(LogStore store, String experiment) {
        List<Long> found = new ArrayList<>();
        store.read(
                "SELECT COALESCE(MAX(number) + 1, 0) FROM events WHERE experiment = ?",
                statement -> statement.setString(1, experiment),
                row -> found.add(row.getLong(1)));
        return found.getFirst();
    }

    /** How many events there are of each kind. */
    static Experiment.Counts counts(LogStore store, String experiment) {
        Map<String, Long> counts = new HashMap<>();
        store.read(
                "SELECT kind, COUNT(*) FROM events WHERE experiment = ? GROUP BY kind",
                statement -> statement.setString(1, experiment),
                row -> counts.put(row.getString(1), row.getLong(2)));
        long decisions = counts.getOrDefault(Event.Kind.DECISION.name(), 0L);
        long outcomes = counts.getOrDefault(Event.Kind.OUTCOME.name(), 0L);
        long expired = counts.getOrDefault(Event.Kind.EXPIRED.name(), 0L);
        return new Experiment.Counts(
                decisions + outcomes + expired, decisions, decisions - outcomes - expired, expired);
    }

    /** The outcome or expiry that ended a decision's wait. */
    static Optional<Event> ending(LogStore store, String experiment, long decision) {
        List<Event> found = new ArrayList<>();
        store.read(
                "SELECT experiment, number, kind, decision, time, context, body, propensity FROM events"
                        + " WHERE experiment = ? AND decision = ? AND kind IN ('OUTCOME', 'EXPIRED')",
                statement -> {
                    statement.setString(1, experiment);
                    statement.setLong(2, decision);
                },
                row -> found.add(event(row)));
        return found.stream().findFirst();
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getString(1),
                row.getLong(2),
                Event.Kind.valueOf(row.getString(3)),
                row.getLong(4),
                Instant.parse(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getDouble(8));
    }
}
