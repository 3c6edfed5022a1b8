package dev.steelyard.studio.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes to a log by one thread that commits all that waits in one transaction, so that many requests share one forced write;
 * a write's future completes when it is on disk. Closing it closes the log.
 *
 * <pre>{@code
 * GroupCommit<Event> commits = new GroupCommit<>(store, "event log", writer, listener);
 * commits.submit(event).join();     // on disk
 * }</pre>
 *
 * @param <W> what is written
 */
public final class GroupCommit<W> implements AutoCloseable {

    private static final int MOST_IN_A_COMMIT = 2000;

    private final LogStore store;
    private final Writer<W> writer;
    private final Listener listener;
    private final BlockingQueue<Waiting<W>> queue = new LinkedBlockingQueue<>();
    private final AtomicLong epoch = new AtomicLong();
    private final Thread thread;
    private long session;
    private boolean closed;

    /**
     * How writes are put into tables; called by one thread.
     *
     * @param <W> what is written
     */
    public interface Writer<W> {

        /** Nothing is known any more of what is in the tables: a write failed, or another process may have written. */
        void forget();

        /**
         * Puts writes into the transaction, in order.
         *
         * @return those that were left out, as they follow on something that could not be written
         */
        List<W> put(List<W> writes) throws SQLException;
    }

    /** Hears of commits. */
    public interface Listener {

        /** Nobody who wants to know. */
        Listener NONE = new Listener() {
            @Override
            public void committed(int writes, long nanos) {}

            @Override
            public void failed(int writes) {}
        };

        void committed(int writes, long nanos);

        void failed(int writes);
    }

    /**
     * Something to be written, and who waits for it.
     *
     * @param what null for a mark that completes when all before it did
     */
    private record Waiting<W>(W what, boolean last, CompletableFuture<Void> done) {

        Waiting(W what, boolean last) {
            this(what, last, new CompletableFuture<>());
        }
    }

    /** @param name of the thread */
    public GroupCommit(LogStore store, String name, Writer<W> writer, Listener listener) {
        this.store = store;
        this.writer = writer;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name(name).start(this::run);
    }

    /**
     * Changes whenever a write failed, or another process may have written: what was built on the log before is to be read
     * again.
     */
    public long epoch() {
        return epoch.get();
    }

    private void run() {
        List<Waiting<W>> batch = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                continue; // only close() ends this thread, when all is written
            }
            queue.drainTo(batch, MOST_IN_A_COMMIT);
            commit(batch);
            last = batch.stream().anyMatch(Waiting::last);
            batch.clear();
        }
    }

    private void commit(List<Waiting<W>> batch) {
        Set<W> refused = Collections.newSetFromMap(new IdentityHashMap<>());
        List<W> writes =
                batch.stream().map(Waiting::what).filter(write -> write != null).toList();
        long start = System.nanoTime();
        try {
            // With no writes, only to connect again, should the connection be broken.
            store.write(connection -> {
                if (session != store.sessions()) {
                    if (session != 0) {
                        epoch.incrementAndGet();
                    }
                    session = store.sessions();
                    writer.forget();
                }
                refused.addAll(writer.put(writes));
            });
        } catch (RuntimeException | Error e) {
            writer.forget();
            epoch.incrementAndGet(); // before anybody hears of the failure
            listener.failed(batch.size());
            batch.forEach(waiting -> waiting.done().completeExceptionally(e));
            return;
        }
        listener.committed(batch.size(), System.nanoTime() - start);
        for (Waiting<W> waiting : batch) {
            if (waiting.what() != null && refused.contains(waiting.what())) {
                waiting.done()
                        .completeExceptionally(
                                new StorageException("it followed on something that could not be written"));
            } else {
                waiting.done().complete(null);
            }
        }
    }

    /** Writes; complete when it is on disk, or failed with a {@link StorageException}. */
    public CompletableFuture<Void> submit(W what) {
        return submit(new Waiting<>(what, false));
    }

    private synchronized CompletableFuture<Void> submit(Waiting<W> waiting) {
        if (closed) {
            waiting.done().completeExceptionally(new StorageException("the service is stopping"));
        } else {
            queue.add(waiting);
        }
        return waiting.done();
    }

    /**
     * Waits until all that was submitted before is on disk or failed.
     *
     * @throws StorageException if the database does not answer
     */
    public void flush() {
        try {
            submit(new Waiting<>(null, false)).join();
        } catch (CompletionException e) {
            throw new StorageException(
                    "the log does not answer: " + e.getCause().getMessage(), e);
        }
    }

    /** Writes what waits, then closes the log. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            queue.add(new Waiting<>(null, true));
            closed = true;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
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
