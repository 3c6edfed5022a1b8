package dev.steelyard.studio.decide;

import dev.steelyard.studio.storage.GroupCommit;
import dev.steelyard.studio.storage.LogStore;
import dev.steelyard.studio.storage.StorageException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Experiments and their events in a database, written by {@link GroupCommit}; a write's future completes when it is on disk.
 *
 * <p>An experiment's events have no gaps: one whose number is not the next in the database is refused, so that what was
 * decided on the ground of an event that failed fails too.
 */
final class EventLog implements AutoCloseable {

    private static final int READ_AT_ONCE = 2000;

    private final LogStore store;
    private final GroupCommit<Write> commits;

    /** A learner's state after the events below a number. */
    record Snapshot(long events, String state) {}

    /** Something to be written. */
    private sealed interface Write {}

    private record Creation(Definition definition) implements Write {}

    private record Appending(Event event) implements Write {}

    private record Saving(String experiment, Snapshot snapshot) implements Write {}

    /**
     * Opens or makes the log.
     *
     * @param address a file's path or a JDBC address
     * @throws StorageException if it cannot be opened
     */
    EventLog(String address, GroupCommit.Listener listener) {
        this.store = LogStore.open(address, "decide", EventTables.ALL, EventTables.INDEX);
        this.commits = new GroupCommit<>(store, "event log", new Writer(), listener);
    }

    /** Where it is, without user and password. */
    String place() {
        return store.place();
    }

    /**
     * Changes whenever a write failed, or another process may have written: what was built on the log before is to be read
     * again.
     */
    long epoch() {
        return commits.epoch();
    }

    private final class Writer implements GroupCommit.Writer<Write> {

        /** The next number of each experiment that was written to in this session. */
        private final Map<String, Long> next = new HashMap<>();

        @Override
        public void forget() {
            next.clear();
        }

        @Override
        public List<Write> put(List<Write> writes) throws SQLException {
            List<Write> refused = new ArrayList<>();
            List<Event> events = new ArrayList<>(writes.size());
            for (Write write : writes) {
                switch (write) {
                    case Creation creation -> EventTables.create(store, creation.definition());
                    case Appending appending -> {
                        Event event = appending.event();
                        if (event.number() == next(event.experiment())) {
                            next.put(event.experiment(), event.number() + 1);
                            events.add(event);
                        } else {
                            refused.add(write);
                        }
                    }
                    case Saving saving -> {
                        if (saving.snapshot().events() == next(saving.experiment())) {
                            EventTables.save(store, saving.experiment(), saving.snapshot());
                        } else {
                            refused.add(write);
                        }
                    }
                }
            }
            EventTables.append(store, events);
            return refused;
        }

        private long next(String experiment) throws SQLException {
            Long known = next.get(experiment);
            if (known == null) {
                known = EventTables.next(store, experiment);
                next.put(experiment, known);
            }
            return known;
        }
    }

    CompletableFuture<Void> create(Definition definition) {
        return commits.submit(new Creation(definition));
    }

    /** Appends an event; complete when it is on disk. */
    CompletableFuture<Void> append(Event event) {
        return commits.submit(new Appending(event));
    }

    CompletableFuture<Void> save(String experiment, Snapshot snapshot) {
        return commits.submit(new Saving(experiment, snapshot));
    }

    /**
     * Waits until all that was submitted before is on disk or failed.
     *
     * @throws StorageException if the database does not answer
     */
    void flush() {
        commits.flush();
    }

    /**
     * Whether the database can be written to.
     *
     * @throws StorageException if it does not answer
     */
    void check() {
        store.check();
    }

    List<Definition> definitions() {
        return EventTables.definitions(store);
    }

    Optional<Snapshot> snapshot(String experiment) {
        return EventTables.snapshot(store, experiment);
    }

    /** Gives an experiment's events from a number on, in order. */
    void events(String experiment, long from, Consumer<Event> each) {
        // In pages, so that no connection waits for a slow reader and no log must fit into memory.
        long number = from;
        List<Event> page;
        do {
            page = EventTables.events(store, experiment, number, READ_AT_ONCE);
            page.forEach(each);
            number = page.isEmpty() ? number : page.getLast().number() + 1;
        } while (page.size() == READ_AT_ONCE);
    }

    /** How many there are of each, by the log alone. */
    Experiment.Counts counts(String experiment) {
        return EventTables.counts(store, experiment);
    }

    /** The decisions that have their outcome, as they stand on disk now. */
    LoggedDecisions decisions(String experiment) {
        return new LoggedDecisions(store, experiment, EventTables.count(store, experiment));
    }

    /** The outcome or expiry that ended a decision's wait. */
    Optional<Event> ending(String experiment, long decision) {
        return EventTables.ending(store, experiment, decision);
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        commits.close();
    }
}
