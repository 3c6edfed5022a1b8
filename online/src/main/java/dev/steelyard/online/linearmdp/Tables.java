package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/** Values per layer, state and action. */
final class Tables {

    private Tables() {}

    static double[][][] zeros(LayeredMdp mdp) {
        double[][][] table = new double[mdp.horizon()][][];
        for (int h = 0; h < table.length; h++) {
            table[h] = new double[mdp.states(h)][mdp.actions()];
        }
        return table;
    }

    static double[][][] policy(Regulariser regulariser, double[][][] costs) {
        double[][][] policy = new double[costs.length][][];
        for (int h = 0; h < costs.length; h++) {
            policy[h] = Arrays.stream(costs[h]).map(regulariser::policy).toArray(double[][]::new);
        }
        return policy;
    }

    static double[][][] uniform(LayeredMdp mdp) {
        double[][][] policy = zeros(mdp);
        for (double[][] layer : policy) {
            for (double[] state : layer) {
                Arrays.fill(state, 1.0 / state.length);
            }
        }
        return policy;
    }

    /** The features of a layer's pairs, state by state. */
    static double[][][] features(LayeredMdp mdp) {
        double[][][] features = new double[mdp.horizon()][][];
        for (int h = 0; h < features.length; h++) {
            int actions = mdp.actions();
            features[h] = new double[mdp.states(h) * actions][];
            for (int pair = 0; pair < features[h].length; pair++) {
                features[h][pair] =
                        mdp.features(h, pair / actions, pair % actions).clone();
            }
        }
        return features;
    }

    /** A layer's values, state by state, as {@link #features} orders them. */
    static double[] flat(double[][] layer) {
        return Arrays.stream(layer).flatMapToDouble(Arrays::stream).toArray();
    }

    static double[] flat(double[][][] table) {
        return Arrays.stream(table)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** Reads a table of the shape of another. */
    static double[][][] read(State saved, String name, double[][][] shape) {
        double[] values = saved.doubles(name, flat(shape).length);
        double[][][] table = new double[shape.length][][];
        int next = 0;
        for (int h = 0; h < shape.length; h++) {
            table[h] = new double[shape[h].length][];
            for (int x = 0; x < shape[h].length; x++) {
                table[h][x] = Arrays.copyOfRange(values, next, next + shape[h][x].length);
                next += shape[h][x].length;
            }
        }
        return table;
    }
}
