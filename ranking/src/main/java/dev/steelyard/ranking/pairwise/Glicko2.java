package dev.steelyard.ranking.pairwise;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.ItemPool;
import dev.steelyard.ranking.PooledModel;
import dev.steelyard.ranking.Rating;
import java.util.ArrayList;
import java.util.List;

/**
 * Glicko-2: ratings with deviations and volatilities, updated by periods. Between two ends of a period a rating is told
 * as though the period ended now. A ballot of more than two items counts as all its pairs; a tie is half a win.
 *
 * <p>M. Glickman, Example of the Glicko-2 system, 2013.
 */
public final class Glicko2 extends PooledModel {

    private final Glicko2Options options;
    private List<Glicko2Rating> begun = new ArrayList<>();
    private List<PeriodResults> results = new ArrayList<>();
    private int ballotsInPeriod;

    public Glicko2(Glicko2Options options) {
        super("glicko2", options.toString());
        this.options = options;
    }

    @Override
    protected void added(int item) {
        begun.add(new Glicko2Rating(options.start(), options.deviation(), options.volatility()));
        results.add(new PeriodResults());
    }

    @Override
    protected void learn(Ballot ballot, int[] items) {
        for (int i = 0; i < items.length; i++) {
            for (int q = 0; q < items.length; q++) {
                if (i != q) {
                    results.get(items[i]).add(items[q], 0.5 + 0.5 * Integer.compare(ballot.rank(q), ballot.rank(i)));
                }
            }
        }
        ballotsInPeriod++;
        if (ballotsInPeriod == options.ballotsPerPeriod()) {
            endPeriod();
        }
    }

    /** Ends the period: all items are rated by its results; those without any grow less certain. */
    public void endPeriod() {
        List<Glicko2Rating> ended = new ArrayList<>();
        for (int item = 0; item < begun.size(); item++) {
            ended.add(ended(item));
        }
        begun = ended;
        results.forEach(PeriodResults::clear);
        ballotsInPeriod = 0;
    }

    /** Rating, deviation and volatility of an item as though the period ended now. */
    public Glicko2Rating glicko(String item) {
        return now(pool().number(item));
    }

    private Glicko2Rating now(int item) {
        return ballotsInPeriod == 0 ? begun.get(item) : ended(item);
    }

    private Glicko2Rating ended(int item) {
        PeriodResults own = results.get(item);
        Glicko2Rating after = begun.get(item).after(own.opponents(begun), own.results(), options.tau());
        return after.deviation() <= options.deviation()
                ? after
                : new Glicko2Rating(after.mean(), options.deviation(), after.volatility());
    }

    @Override
    protected Rating rating(int item) {
        Glicko2Rating now = now(item);
        return new Rating(now.mean(), now.deviation());
    }

    @Override
    protected double score(int item) {
        return now(item).mean();
    }

    @Override
    protected double predictWin(int item, int other) {
        return now(item).expected(now(other));
    }

    @Override
    protected void save(State state) {
        state.put("mean", begun.stream().mapToDouble(Glicko2Rating::mean).toArray())
                .put(
                        "deviation",
                        begun.stream().mapToDouble(Glicko2Rating::deviation).toArray())
                .put(
                        "volatility",
                        begun.stream().mapToDouble(Glicko2Rating::volatility).toArray())
                .put("results", results.stream().map(PeriodResults::state).toList())
                .put("ballotsInPeriod", ballotsInPeriod);
    }

    @Override
    protected Runnable load(State state, ItemPool saved) {
        double[] means = state.doubles("mean", saved.size());
        double[] deviations = state.doubles("deviation", saved.size());
        double[] volatilities = state.doubles("volatility", saved.size());
        List<PeriodResults> savedResults =
                new ArrayList<>(state.states("results", entry -> PeriodResults.from(entry, saved.size())));
        if (savedResults.size() != saved.size()) {
            throw new StateException("the saved state of 'glicko2' has results of " + savedResults.size()
                    + " items where it has " + saved.size() + "; it is damaged");
        }
        int savedBallots = state.smallInteger("ballotsInPeriod");
        List<Glicko2Rating> ratings = new ArrayList<>();
        for (int item = 0; item < means.length; item++) {
            ratings.add(new Glicko2Rating(means[item], deviations[item], volatilities[item]));
        }
        return () -> {
            begun = ratings;
            results = savedResults;
            ballotsInPeriod = savedBallots;
        };
    }
}
