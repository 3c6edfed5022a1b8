package dev.steelyard.studio.arena;

import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.KRankMatchmaker;
import dev.steelyard.ranking.krank.MatchmakerOptions;
import dev.steelyard.studio.storage.StorageException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What an arena knows, and the log that it follows from. Many threads take steps, one at a time; a step is over when all
 * that it may have seen is on disk. After a failed write the state knows what the log does not, and is read again.
 */
final class DurableState implements AutoCloseable {

    /** No epoch of a log. */
    private static final long TO_BE_LOADED = -1;

    private final VoteLog log;
    private final Catalogue catalogue;
    private final Supplier<SkillModel> models;
    private final long seed;
    private final Clock clock;
    private ArenaState state;
    /** Complete when all that the state knows is on disk. */
    private CompletableFuture<Void> written;

    private long epoch;
    /** The import in parts that is under way, whose parts count though it is not complete. */
    private Optional<String> importing = Optional.empty();

    /**
     * Reads a log.
     *
     * @throws IllegalStateException if it cannot be read or followed
     */
    DurableState(VoteLog log, Catalogue catalogue, Supplier<SkillModel> models, long seed, Clock clock) {
        this.log = log;
        this.catalogue = catalogue;
        this.models = models;
        this.seed = seed;
        this.clock = clock;
        load();
    }

    private void load() {
        long seen = log.epoch();
        log.flush();
        Outlook outlook = Outlook.of(log);
        ArenaState fresh = new ArenaState(
                models.get(), new KRankMatchmaker(MatchmakerOptions.defaults(), seed + outlook.events()), outlook);
        importing.ifPresent(fresh::expect);
        catalogue.items().forEach(fresh.model()::add);
        log.read(logged -> replay(fresh, logged));
        state = fresh;
        written = CompletableFuture.completedFuture(null);
        epoch = seen;
        for (String item : state.model().items()) {
            if (!catalogue.items().contains(item)) {
                releaseThoseWith(item);
                state.model().retire(item);
            }
        }
    }

    private void replay(ArenaState fresh, LoggedEvent logged) {
        try {
            fresh.apply(logged);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the votes at " + log.place() + " hold event " + logged.number()
                            + ", which does not follow from those before it (" + e.getMessage()
                            + "); nothing was changed: serve them with the version that wrote them, or restore them from"
                            + " a copy",
                    e);
        }
    }

    /** Closes the ballots that show an item; in a step. */
    void releaseThoseWith(String item) {
        state.open().stream()
                .filter(ballot -> ballot.items().contains(item))
                .forEach(ballot -> commit(new ArenaEvent.Released(ballot.token(), ArenaEvent.Why.ITEM_GONE)));
    }

    /** The state now; in a step. */
    ArenaState now() {
        return state;
    }

    /** Learns an event, and hands it over to be written; in a step. */
    void commit(ArenaEvent event) {
        commit(event, VoteLog.body(event));
    }

    /** The same of an event whose body was made before, as it is long. */
    void commit(ArenaEvent event, String body) {
        LoggedEvent logged = new LoggedEvent(state.events(), clock.instant(), event);
        written = log.append(logged, body);
        state.apply(logged);
    }

    /** Learns an event that changes what earlier ones mean; in a step. */
    void commitAndLoad(ArenaEvent event) {
        commit(event);
        CompletableFuture<Void> committed = written;
        load();
        written = committed;
    }

    /** Lets the parts of an import count as they come. */
    void begin(String imported) {
        step(() -> {
            importing = Optional.of(imported);
            state.expect(imported);
            return imported;
        });
    }

    /** An import is over; one that was not completed is forgotten. */
    synchronized void end(boolean completed) {
        importing = Optional.empty();
        if (!completed) {
            epoch = TO_BE_LOADED;
        }
    }

    /** Takes a step alone; back when all that it may have seen is on disk, whatever came of it. Others step meanwhile. */
    <T> T step(Supplier<T> step) {
        return step(step, true);
    }

    /** Looks at what was acknowledged before, and so waits for nothing; a refusal may come of what is on its way to disk. */
    <T> T look(Supplier<T> look) {
        return step(look, false);
    }

    private <T> T step(Supplier<T> step, boolean waits) {
        CompletableFuture<Void> seen;
        T result = null;
        IllegalArgumentException refusal = null;
        synchronized (this) {
            if (epoch != log.epoch()) {
                load();
            }
            try {
                result = step.get();
            } catch (IllegalArgumentException e) {
                refusal = e;
            }
            seen = written;
        }
        if (waits || refusal != null) {
            await(seen);
        }
        if (refusal != null) {
            throw refusal;
        }
        return result;
    }

    private static void await(CompletableFuture<Void> onDisk) {
        try {
            onDisk.join();
        } catch (CompletionException e) {
            throw new StorageException("nothing was counted: " + e.getCause().getMessage(), e);
        }
    }

    /** How many votes are counted, as the state stands here. */
    synchronized long votes() {
        return state.model().ballots();
    }

    /** The votes as they stand now, to be read beside it. */
    VoteExport export() {
        return step(() -> new VoteExport(log, state.events(), state.withdrawn(), state.completed()));
    }

    /**
     * Whether the log can be written to.
     *
     * @throws StorageException if it does not answer
     */
    void check() {
        log.check();
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        log.close();
    }
}
