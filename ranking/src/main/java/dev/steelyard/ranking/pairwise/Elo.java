package dev.steelyard.ranking.pairwise;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.ItemPool;
import dev.steelyard.ranking.PooledModel;
import dev.steelyard.ranking.Rating;
import java.util.Arrays;

/**
 * Elo's rating: {@code R += k (result - E)} with {@code E = 1 / (1 + 10^((R_other - R) / 400))}; the sum of all ratings
 * stands. A ballot of more than two items adds the changes of all its pairs, each with the ratings before the ballot; a
 * tie is half a win. It gives no deviations.
 *
 * <p>A. Elo, The Rating of Chessplayers, Past and Present, 1978.
 */
public final class Elo extends PooledModel {

    private final EloOptions options;
    private double[] ratings = new double[16];

    public Elo(EloOptions options) {
        super("elo", options.toString());
        this.options = options;
    }

    /** The expected result of an item against another: 1 a win, 0 a loss. */
    public double expected(double rating, double other) {
        return 1 / (1 + Math.pow(10, (other - rating) / options.scale()));
    }

    @Override
    protected void added(int item) {
        if (item == ratings.length) {
            ratings = Arrays.copyOf(ratings, 2 * item);
        }
        ratings[item] = options.start();
    }

    @Override
    protected void learn(Ballot ballot, int[] items) {
        double[] change = new double[items.length];
        for (int i = 1; i < items.length; i++) {
            for (int q = 0; q < i; q++) {
                double result = 0.5 + 0.5 * Integer.compare(ballot.rank(q), ballot.rank(i));
                double step = options.k() * (result - expected(ratings[items[i]], ratings[items[q]]));
                change[i] += step;
                change[q] -= step;
            }
        }
        for (int i = 0; i < items.length; i++) {
            ratings[items[i]] += change[i];
        }
    }

    @Override
    protected Rating rating(int item) {
        return new Rating(ratings[item], Double.NaN);
    }

    @Override
    protected double score(int item) {
        return ratings[item];
    }

    @Override
    protected double predictWin(int item, int other) {
        return expected(ratings[item], ratings[other]);
    }

    @Override
    protected void save(State state) {
        state.put("ratings", Arrays.copyOf(ratings, pool().size()));
    }

    @Override
    protected Runnable load(State state, ItemPool saved) {
        double[] read = state.doubles("ratings", saved.size());
        for (int item = 0; item < read.length; item++) {
            if (!Double.isFinite(read[item])) {
                throw new StateException("the saved state of 'elo' rates '" + saved.name(item) + "' at " + read[item]
                        + "; it is damaged");
            }
        }
        return () -> ratings = Arrays.copyOf(read, Math.max(16, read.length));
    }
}
