package dev.steelyard.studio.arena;

import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.KRankMatchmaker;
import dev.steelyard.ranking.krank.MatchmakerOptions;
import dev.steelyard.studio.storage.StorageException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What an arena knows, and the log that it follows from. Many threads take steps, one at a time; a step is over when all
 * that it may have seen is on disk. After a failed write the state knows what the log does not, and is read again before the
 * next step. Where an event changes what earlier ones mean, the state is built anew beside the steps, which go on meanwhile;
 * two states are in memory then.
 */
final class DurableState implements AutoCloseable {

    /** No epoch of a log. */
    private static final long TO_BE_LOADED = -1;
    /** Events that are read while steps wait: some milliseconds, or a few times so much where they are parts of an import. */
    private static final int FEW = 16;
    /** Of reading what came meanwhile; so that it ends though events may come as fast as they are read. */
    private static final int MOST_ROUNDS = 30;

    private final VoteLog log;
    private final Catalogue catalogue;
    private final Supplier<SkillModel> models;
    private final long seed;
    private final Clock clock;
    /** One state is built beside the steps at a time. */
    private final Lock building = new ReentrantLock();

    private ArenaState state;
    /** Complete when all that the state knows is on disk. */
    private CompletableFuture<Void> written;

    private long epoch;
    /** The import in parts that is under way, whose parts count though it is not complete. */
    private Optional<String> importing = Optional.empty();
    /** How often it was asked for a state that is built anew, and how many of these the state now answers. */
    private long asked;

    private long answered;

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
        ArenaState fresh = fresh(Long.MAX_VALUE);
        importing.ifPresent(fresh::expect);
        log.read(0, Long.MAX_VALUE, logged -> replay(fresh, logged));
        epoch = seen;
        replace(fresh, asked);
    }

    /** A state that knows of the first so many events what later ones say of them, and has learnt none yet. */
    private ArenaState fresh(long events) {
        Outlook outlook = Outlook.of(log, events);
        ArenaState fresh = new ArenaState(
                models.get(), new KRankMatchmaker(MatchmakerOptions.defaults(), seed + outlook.events()), outlook);
        catalogue.items().forEach(fresh.model()::add);
        return fresh;
    }

    /** Takes a state of all that is on disk for the one there was. */
    private void replace(ArenaState fresh, long answers) {
        state = fresh;
        written = CompletableFuture.completedFuture(null);
        answered = answers;
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

    /** Lets the parts of an import count as they come. */
    void begin(String imported) {
        step(() -> {
            importing = Optional.of(imported);
            state.expect(imported);
            return imported;
        });
    }

    /** An import is over; one that was not completed is forgotten when this returns. */
    void end(boolean completed) {
        long ticket;
        synchronized (this) {
            importing = Optional.empty();
            if (completed) {
                return;
            }
            ticket = ++asked;
        }
        try {
            buildAnew(ticket);
        } catch (StorageException e) {
            // Why the import ended is what its sender is told; the next step loads.
        }
    }

    /**
     * Takes a step whose events change what earlier ones mean; back when these are on disk and the state tells so. Others
     * step meanwhile, and see the earlier events as they were.
     *
     * @throws StorageException if the step is not known to be on disk, or the log cannot be read: the state tells so after
     *     the next step then, if the events are on disk
     */
    <T> T stepAndBuildAnew(Supplier<T> step) {
        long[] ticket = new long[1];
        T result = step(() -> {
            T taken = step.get();
            ticket[0] = ++asked;
            return taken;
        });
        buildAnew(ticket[0]);
        return result;
    }

    /**
     * How far the log is on disk, and how it stood then.
     *
     * @param imports whose parts count
     */
    private record Moment(long events, Set<String> imports, long asked, long answered) {}

    private Moment moment() {
        return step(() -> new Moment(state.events(), countedImports(), asked, answered));
    }

    private Set<String> countedImports() {
        Set<String> counted = new HashSet<>(state.completed());
        importing.ifPresent(counted::add);
        return counted;
    }

    /** Builds a state from the log beside the steps, and takes it for the one there is, in a short step. */
    private void buildAnew(long ticket) {
        building.lock();
        boolean done = false;
        try {
            Moment start = moment();
            if (start.answered() < ticket) { // else one that was built while this one waited knows of it
                buildAnew(start);
            }
            done = true;
        } finally {
            if (!done) {
                synchronized (this) {
                    epoch = TO_BE_LOADED;
                }
            }
            building.unlock();
        }
    }

    private void buildAnew(Moment start) {
        ArenaState fresh = fresh(start.events());
        Moment now = start;
        for (int round = 0; round < MOST_ROUNDS && now.events() - fresh.events() > FEW; round++) {
            readOn(fresh, now.events(), now.imports());
            now = moment();
        }
        step(() -> {
            log.flush();
            if (epoch != log.epoch()) {
                load(); // the state there was knows what the log does not
            } else if (answered < start.asked()) { // else it was loaded meanwhile, and knows more than this one
                readOn(fresh, state.events(), countedImports());
                replace(fresh, start.asked());
            }
            return fresh;
        });
    }

    private void readOn(ArenaState fresh, long events, Set<String> imports) {
        imports.forEach(fresh::expect);
        log.read(fresh.events(), events, logged -> replay(fresh, logged));
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
