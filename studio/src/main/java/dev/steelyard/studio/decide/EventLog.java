package dev.steelyard.studio.decide;

import dev.steelyard.studio.storage.LogStore;
import dev.steelyard.studio.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Experiments and their events in a database. One thread writes: it commits all that waits in one transaction that is forced
 * to disk, so that many requests share one force; a write's future completes when it is on disk.
 *
 * <p>An experiment's events have no gaps: one whose number is not the next in the database is refused, so that what was
 * decided on the ground of an event that failed fails too.
 */
final class EventLog implements AutoCloseable {

    private static final int MOST_IN_A_COMMIT = 2000;
    private static final int READ_AT_ONCE = 2000;

    private final LogStore store;
    private final CommitListener listener;
    private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    /** The next number of each experiment that was written to in this session; the writer's own. */
    private final Map<String, Long> next = new HashMap<>();

    private long session;
    private final AtomicLong epoch = new AtomicLong();
    private boolean closed;

    /** Hears of commits. */
    interface CommitListener {
        void committed(int writes, long nanos);

        void failed(int writes);
    }

    /** A learner's state after the events below a number. */
    record Snapshot(long events, String state) {}

    /** Something to be written, and who waits for it. */
    private sealed interface Write {
        CompletableFuture<Void> done();
    }

    private record Creation(Definition definition, CompletableFuture<Void> done) implements Write {}

    private record Appending(Event event, CompletableFuture<Void> done) implements Write {}

    private record Saving(String experiment, Snapshot snapshot, CompletableFuture<Void> done) implements Write {}

    /** Nothing; completes when all before it did. */
    private record Mark(boolean last, CompletableFuture<Void> done) implements Write {}

    /**
     * Opens or makes the log.
     *
     * @param address a file's path or a JDBC address
     * @throws StorageException if it cannot be opened
     */
    EventLog(String address, CommitListener listener) {
        this.store = LogStore.open(address, "decide", EventTables.ALL, EventTables.INDEX);
        this.listener = listener;
        this.writer = Thread.ofPlatform().name("event log").start(this::write);
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
        return epoch.get();
    }

    private void write() {
        List<Write> batch = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                continue; // only close() ends this thread, when all is written
            }
            waiting.drainTo(batch, MOST_IN_A_COMMIT);
            commit(batch);
            last = batch.stream().anyMatch(write -> write instanceof Mark mark && mark.last());
            batch.clear();
        }
    }

    private void commit(List<Write> batch) {
        List<Write> refused = new ArrayList<>();
        long start = System.nanoTime();
        try {
            store.write(connection -> put(connection, batch, refused));
        } catch (RuntimeException | Error e) {
            next.clear();
            epoch.incrementAndGet(); // before anybody hears of the failure
            listener.failed(batch.size());
            batch.forEach(write -> write.done().completeExceptionally(e));
            return;
        }
        listener.committed(batch.size(), System.nanoTime() - start);
        for (Write write : refused) {
            write.done()
                    .completeExceptionally(new StorageException("it followed on something that could not be written"));
        }
        batch.forEach(write -> write.done().complete(null));
    }

    private void put(Connection connection, List<Write> batch, List<Write> refused) throws SQLException {
        if (session != store.sessions()) {
            if (session != 0) {
                epoch.incrementAndGet();
            }
            session = store.sessions();
            next.clear();
        }
        List<Event> events = new ArrayList<>(batch.size());
        for (Write write : batch) {
            switch (write) {
                case Creation creation -> EventTables.create(connection, creation.definition());
                case Appending appending -> {
                    Event event = appending.event();
                    if (event.number() == next(connection, event.experiment())) {
                        next.put(event.experiment(), event.number() + 1);
                        events.add(event);
                    } else {
                        refused.add(write);
                    }
                }
                case Saving saving -> {
                    if (saving.snapshot().events() == next(connection, saving.experiment())) {
                        EventTables.save(connection, saving.experiment(), saving.snapshot());
                    } else {
                        refused.add(write);
                    }
                }
                case Mark mark -> {
                    // Only to connect again, should the connection be broken.
                }
            }
        }
        EventTables.append(connection, events);
    }

    private long next(Connection connection, String experiment) throws SQLException {
        Long known = next.get(experiment);
        if (known == null) {
            known = EventTables.next(connection, experiment);
            next.put(experiment, known);
        }
        return known;
    }

    private synchronized CompletableFuture<Void> submit(Write write) {
        if (closed) {
            write.done().completeExceptionally(new StorageException("the service is stopping"));
        } else {
            waiting.add(write);
        }
        return write.done();
    }

    CompletableFuture<Void> create(Definition definition) {
        return submit(new Creation(definition, new CompletableFuture<>()));
    }

    /** Appends an event; complete when it is on disk. */
    CompletableFuture<Void> append(Event event) {
        return submit(new Appending(event, new CompletableFuture<>()));
    }

    CompletableFuture<Void> save(String experiment, Snapshot snapshot) {
        return submit(new Saving(experiment, snapshot, new CompletableFuture<>()));
    }

    /**
     * Waits until all that was submitted before is on disk or failed.
     *
     * @throws StorageException if the database does not answer
     */
    void flush() {
        try {
            submit(new Mark(false, new CompletableFuture<>())).join();
        } catch (CompletionException e) {
            throw new StorageException(
                    "the log does not answer: " + e.getCause().getMessage(), e);
        }
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

    /** The outcome or expiry that ended a decision's wait. */
    Optional<Event> ending(String experiment, long decision) {
        return EventTables.ending(store, experiment, decision);
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting.add(new Mark(true, new CompletableFuture<>()));
            closed = true;
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // a stop is what closes; what waits is still written
            }
        }
        store.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
