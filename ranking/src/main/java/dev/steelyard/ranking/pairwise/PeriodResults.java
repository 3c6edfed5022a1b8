package dev.steelyard.ranking.pairwise;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.Arrays;
import java.util.List;

/** The results of one item in the period that runs. */
final class PeriodResults {

    private int[] opponents = new int[8];
    private double[] results = new double[8];
    private int size;

    void add(int opponent, double result) {
        if (size == opponents.length) {
            opponents = Arrays.copyOf(opponents, 2 * size);
            results = Arrays.copyOf(results, 2 * size);
        }
        opponents[size] = opponent;
        results[size] = result;
        size++;
    }

    void clear() {
        size = 0;
    }

    Glicko2Rating[] opponents(List<Glicko2Rating> ratings) {
        Glicko2Rating[] met = new Glicko2Rating[size];
        Arrays.setAll(met, i -> ratings.get(opponents[i]));
        return met;
    }

    double[] results() {
        return Arrays.copyOf(results, size);
    }

    State state() {
        return State.of("results")
                .put("opponents", Arrays.copyOf(opponents, size))
                .put("results", results());
    }

    static PeriodResults from(State saved, int items) {
        long[] opponents = saved.require("results").integers("opponents");
        double[] results = saved.doubles("results", opponents.length);
        PeriodResults read = new PeriodResults();
        for (int i = 0; i < results.length; i++) {
            if (opponents[i] < 0 || opponents[i] >= items) {
                throw new StateException("the saved results name item " + opponents[i] + " of " + items);
            }
            read.add((int) opponents[i], results[i]);
        }
        return read;
    }
}
