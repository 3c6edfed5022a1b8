package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/** Transition probabilities: everything is computed exactly. */
public final class KnownModel implements Knowledge {

    private static final double ROUNDING = 1e-9;

    private final double[][][][] transitions;

    /**
     * @param transitions [layer][state][action][next state], for all layers but the last
     * @throws IllegalArgumentException if a row is no distribution
     */
    public KnownModel(double[][][][] transitions) {
        for (int h = 0; h < transitions.length; h++) {
            for (int x = 0; x < transitions[h].length; x++) {
                for (int a = 0; a < transitions[h][x].length; a++) {
                    double sum = 0;
                    for (double probability : transitions[h][x][a]) {
                        sum += probability >= 0 ? probability : Double.NaN;
                    }
                    if (!(Math.abs(sum - 1) < ROUNDING)) {
                        throw new IllegalArgumentException("the transitions of layer " + h + ", state " + x
                                + ", action " + a + " are no distribution: their sum is " + sum);
                    }
                }
            }
        }
        this.transitions = transitions;
    }

    @Override
    public double[][][] occupancy(double[][][] policy, RandomGenerator random) {
        double[][][] occupancy = new double[policy.length][][];
        double[] here = new double[policy[0].length];
        here[0] = 1;
        for (int h = 0; h < policy.length; h++) {
            double[] next = new double[h + 1 < policy.length ? policy[h + 1].length : 0];
            occupancy[h] = new double[policy[h].length][policy[h][0].length];
            for (int x = 0; x < here.length; x++) {
                for (int a = 0; a < policy[h][x].length; a++) {
                    double weight = here[x] * policy[h][x][a];
                    occupancy[h][x][a] = weight;
                    for (int y = 0; y < next.length; y++) {
                        next[y] += weight * transitions[h][x][a][y];
                    }
                }
            }
            here = next;
        }
        return occupancy;
    }

    @Override
    public double[][][] accumulate(double[][][] bonus, double[][][] policy, double factor, RandomGenerator random) {
        double[][][] sum = new double[bonus.length][][];
        double[] next = {};
        for (int h = bonus.length - 1; h >= 0; h--) {
            double[] values = new double[bonus[h].length];
            sum[h] = new double[bonus[h].length][bonus[h][0].length];
            for (int x = 0; x < values.length; x++) {
                for (int a = 0; a < sum[h][x].length; a++) {
                    double later = next.length == 0 ? 0 : Vectors.dot(transitions[h][x][a], next);
                    sum[h][x][a] = bonus[h][x][a] + factor * later;
                    values[x] += policy[h][x][a] * sum[h][x][a];
                }
            }
            next = values;
        }
        return sum;
    }
}
