package dev.steelyard.online.wtb;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Users who learn from one another: each has a bandit of its own, with its own schedule and burn-in, for memory is
 * personal; the recorded losses are counted together. Right where the plateaus are the same for all users.
 *
 * <p>An arm that the pool has dropped is dropped by each user at the end of the user's epoch; users who come later begin
 * without it. Together users check the arms more often than one does; for the guarantee of the whole pool divide delta by
 * the number of users. Used by one thread at a time.
 */
public final class ExposurePool {

    private static final String NAME = "exposure-pool";

    private final RepeatedExposureOptions options;
    private final PlateauStatistics statistics;
    private final long seed;
    private Map<String, RepeatedExposureBandit> users = new LinkedHashMap<>();

    /**
     * @param options of every user; the horizon is a user's
     * @param seed of {@link EpochOrder#RANDOM}
     * @throws IllegalArgumentException if arms are to come back by a user's plays; a pool is reopened as a whole
     */
    public ExposurePool(RepeatedExposureOptions options, long seed) {
        if (options.reopenEvery() > 0) {
            throw new IllegalArgumentException("reopenEvery must be 0 in a pool, not " + options.reopenEvery()
                    + "; call reopen for all users at once");
        }
        this.options = options;
        this.statistics = new PlateauStatistics(options);
        this.seed = seed;
    }

    /** A user's bandit, made when first asked for. Its own snapshot leaves out what the pool shares. */
    public RepeatedExposureBandit user(String id) {
        return users.computeIfAbsent(id, this::bandit);
    }

    private RepeatedExposureBandit bandit(String id) {
        return new RepeatedExposureBandit(options, statistics, true, seed + id.hashCode());
    }

    /** The users so far. */
    public Set<String> users() {
        return Set.copyOf(users.keySet());
    }

    /** The mean of an arm's recorded losses over all users; NaN before any. */
    public double mean(int arm) {
        return statistics.mean(arm);
    }

    /** How far that mean may be off. */
    public double radius(int arm) {
        return statistics.radius(arm);
    }

    /** How many of an arm's losses were recorded, over all users. */
    public long recorded(int arm) {
        return statistics.count(arm);
    }

    /** Forgets all recorded losses and brings all arms back to all users, against drift. */
    public void reopen() {
        statistics.clear();
        users.values().forEach(RepeatedExposureBandit::open);
    }

    /** The shared statistics and all users. */
    public State snapshot() {
        State saved = State.of("users");
        users.forEach((id, bandit) -> saved.put(id, bandit.snapshot()));
        List<State> names = new ArrayList<>();
        users.keySet().forEach(id -> names.add(State.of("user").put("id", id)));
        return State.of(NAME)
                .put("statistics", statistics.state())
                .put("names", names)
                .put("users", saved);
    }

    /**
     * Goes on where the snapshot was taken; bandits handed out before are no longer the pool's.
     *
     * @throws StateException if the snapshot is another's; nothing is changed then
     */
    public void restore(State snapshot) {
        Runnable savedStatistics = statistics.load(snapshot.require(NAME).state("statistics"));
        List<String> names =
                snapshot.states("names", name -> name.require("user").text("id"));
        Map<String, RepeatedExposureBandit> savedUsers = new LinkedHashMap<>();
        for (String id : names) {
            RepeatedExposureBandit bandit = bandit(id);
            bandit.restore(snapshot.state("users").state(id));
            savedUsers.put(id, bandit);
        }
        savedStatistics.run();
        users = savedUsers;
    }
}
