package dev.steelyard.ranking;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What skill models have in common: the pool of items, the counts of votes, the leaderboard, and snapshots that refuse
 * other options. A subclass keeps its numbers in arrays by the item's number.
 */
public abstract class PooledModel implements SkillModel {

    private static final int VERSION = 1;

    private final String name;
    private final String options;
    private ItemPool pool = new ItemPool();
    private long[] votes = new long[16];
    private long ballots;

    /**
     * Sets up an empty pool.
     *
     * @param name name of the method
     * @param options the options as text, which a snapshot must match
     */
    protected PooledModel(String name, String options) {
        this.name = name;
        this.options = options;
    }

    /** Makes room for a new item and gives it the prior; it is in the pool already. */
    protected abstract void added(int item);

    /** Learns from a ballot of known items that are not retired. */
    protected abstract void learn(Ballot ballot, int[] items);

    /** The rating of an item by its number. */
    protected abstract Rating rating(int item);

    /** What the leaderboard sorts by. */
    protected abstract double score(int item);

    /** The probability that a voter sets one item above another, ties aside. */
    protected abstract double predictWin(int item, int other);

    /** Adds what the subclass knows. */
    protected abstract void save(State state);

    /**
     * Reads all that {@link #save} wrote and gives what puts it in place, so that a bad state changes nothing.
     *
     * @param saved the pool that was saved, whose items' numbers the subclass's arrays follow
     */
    protected abstract Runnable load(State state, ItemPool saved);

    /** The items by number. */
    protected final ItemPool pool() {
        return pool;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void add(String item) {
        int number = pool.add(item);
        if (number == votes.length) {
            votes = Arrays.copyOf(votes, 2 * number);
        }
        votes[number] = 0;
        added(number);
    }

    @Override
    public final void retire(String item) {
        pool.retire(item);
    }

    @Override
    public final List<String> items() {
        return pool.active();
    }

    @Override
    public final boolean knows(String item) {
        return pool.knows(item);
    }

    @Override
    public final void record(Ballot ballot) {
        int[] items = pool.resolve(ballot);
        learn(ballot, items);
        count(items);
    }

    /** Counts a ballot that was learnt otherwise than by {@link #record}. */
    protected final void count(int[] items) {
        for (int item : items) {
            votes[item]++;
        }
        ballots++;
    }

    @Override
    public final long ballots() {
        return ballots;
    }

    /** How many ballots named an item. */
    public final long votes(String item) {
        return votes[pool.number(item)];
    }

    @Override
    public final Rating rating(String item) {
        return rating(pool.number(item));
    }

    @Override
    public final double score(String item) {
        return score(pool.number(item));
    }

    @Override
    public final double[] scores() {
        double[] scores = new double[pool.size()];
        int active = 0;
        for (int item = 0; item < scores.length; item++) {
            if (!pool.isRetired(item)) {
                scores[active++] = score(item);
            }
        }
        return Arrays.copyOf(scores, active);
    }

    @Override
    public final double predictWin(String item, String other) {
        return predictWin(pool.number(item), pool.number(other));
    }

    @Override
    public final Leaderboard leaderboard() {
        List<Leaderboard.Entry> unranked = new ArrayList<>();
        for (int item = 0; item < pool.size(); item++) {
            if (!pool.isRetired(item)) {
                unranked.add(new Leaderboard.Entry(0, pool.name(item), rating(item), score(item), votes[item]));
            }
        }
        unranked.sort(Comparator.comparingDouble(Leaderboard.Entry::score).reversed());
        List<Leaderboard.Entry> ranked = new ArrayList<>();
        for (Leaderboard.Entry entry : unranked) {
            ranked.add(new Leaderboard.Entry(
                    ranked.size() + 1, entry.item(), entry.rating(), entry.score(), entry.votes()));
        }
        return new Leaderboard(ranked);
    }

    @Override
    public final State snapshot() {
        State state = State.of(name)
                .put("version", VERSION)
                .put("options", options)
                .put("pool", pool.state())
                .put("votes", Arrays.copyOf(votes, pool.size()))
                .put("ballots", ballots);
        save(state);
        return state;
    }

    @Override
    public final void restore(State snapshot) {
        snapshot.require(name);
        if (snapshot.integer("version") != VERSION) {
            throw new StateException("the saved state of '" + name + "' is of version " + snapshot.integer("version")
                    + ", this program reads " + VERSION);
        }
        if (!snapshot.text("options").equals(options)) {
            throw new StateException("the saved state of '" + name + "' has the options " + snapshot.text("options")
                    + "; restore it into a model of those, not of " + options);
        }
        ItemPool savedPool = ItemPool.from(snapshot.state("pool"));
        long[] savedVotes = snapshot.integers("votes", savedPool.size());
        long savedBallots = snapshot.integer("ballots");
        Runnable rest = load(snapshot, savedPool);
        pool = savedPool;
        votes = Arrays.copyOf(savedVotes, Math.max(16, savedVotes.length));
        ballots = savedBallots;
        rest.run();
    }
}
