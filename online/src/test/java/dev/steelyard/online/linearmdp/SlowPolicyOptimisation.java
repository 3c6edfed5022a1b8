package dev.steelyard.online.linearmdp;

import java.util.Arrays;

/**
 * Policy optimisation written out from the formulas, with nothing of the library but its options: covariances and bonuses
 * by walking every trajectory, inverses by elimination, the log barrier by bisection. For tiny MDPs.
 */
final class SlowPolicyOptimisation {

    /** [layer][state][action][dimension]. */
    private final double[][][][] phi;
    /** [layer][state][action][next state]. */
    private final double[][][][] transitions;

    private final LinearMdpOptions options;
    /** eta times the sum of estimates less bonuses, [layer][state][action]. */
    final double[][][] costs;

    SlowPolicyOptimisation(double[][][][] phi, double[][][][] transitions, LinearMdpOptions options) {
        this.phi = phi;
        this.transitions = transitions;
        this.options = options;
        this.costs = new double[phi.length][][];
        for (int h = 0; h < phi.length; h++) {
            costs[h] = new double[phi[h].length][phi[0][0].length];
        }
    }

    private int actions() {
        return phi[0][0].length;
    }

    private int dimension() {
        return phi[0][0][0].length;
    }

    double[] policy(int layer, int state) {
        double[] c = costs[layer][state];
        double least = Arrays.stream(c).min().orElseThrow();
        double[] p = new double[c.length];
        switch (options.regulariser()) {
            case ENTROPY -> Arrays.setAll(p, a -> Math.exp(least - c[a]));
            case LOG_BARRIER -> {
                double low = 1;
                double high = c.length;
                for (int halving = 0; halving < 200; halving++) {
                    double middle = (low + high) / 2;
                    double sum =
                            Arrays.stream(c).map(x -> 1 / (x - least + middle)).sum();
                    low = sum > 1 ? middle : low;
                    high = sum > 1 ? high : middle;
                }
                double lambda = (low + high) / 2;
                Arrays.setAll(p, a -> 1 / (c[a] - least + lambda));
            }
            case TSALLIS -> throw new IllegalArgumentException("not written out");
        }
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(x -> x / sum).toArray();
    }

    /** What a walk meets. */
    private interface Visitor {
        void visit(int layer, int state, int action, double probability);
    }

    /** Follows every trajectory from a state, each action and next state by its probability. */
    private void walk(int layer, int state, double probability, Visitor visitor) {
        double[] p = policy(layer, state);
        for (int a = 0; a < p.length; a++) {
            visitor.visit(layer, state, a, probability * p[a]);
            if (layer + 1 < phi.length) {
                for (int y = 0; y < transitions[layer][state][a].length; y++) {
                    walk(layer + 1, y, probability * p[a] * transitions[layer][state][a][y], visitor);
                }
            }
        }
    }

    /** (gamma I + E[phi phi^T])^-1 of a layer, by Gauss and Jordan. */
    double[][] inverse(int layer) {
        int d = dimension();
        double[][] matrix = new double[d][2 * d];
        for (int i = 0; i < d; i++) {
            matrix[i][i] = options.regularisation();
            matrix[i][d + i] = 1;
        }
        walk(0, 0, 1, (h, x, a, probability) -> {
            for (int i = 0; h == layer && i < d; i++) {
                for (int j = 0; j < d; j++) {
                    matrix[i][j] += probability * phi[h][x][a][i] * phi[h][x][a][j];
                }
            }
        });
        for (int i = 0; i < d; i++) {
            double pivot = matrix[i][i];
            for (int j = 0; j < 2 * d; j++) {
                matrix[i][j] /= pivot;
            }
            for (int k = 0; k < d; k++) {
                double factor = matrix[k][i];
                for (int j = 0; k != i && j < 2 * d; j++) {
                    matrix[k][j] -= factor * matrix[i][j];
                }
            }
        }
        return Arrays.stream(matrix)
                .map(row -> Arrays.copyOfRange(row, d, 2 * d))
                .toArray(double[][]::new);
    }

    private static double form(double[] left, double[][] matrix, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < right.length; j++) {
                sum += left[i] * matrix[i][j] * right[j];
            }
        }
        return sum;
    }

    /** The estimate of Q(x, a) from an episode that visited a pair of the layer. */
    double estimate(int layer, int state, int action, double[][] inverse, double[] visited, double suffixLoss) {
        double[] own = phi[layer][state][action];
        double z = form(own, inverse, visited);
        if (options.estimator() == LinearMdpOptions.Estimator.PLAIN) {
            return z * suffixLoss;
        }
        double[] mean = {0};
        walk(
                0,
                0,
                1,
                (h, x, a, probability) ->
                        mean[0] += h == layer ? probability * Math.min(0, form(own, inverse, phi[h][x][a])) : 0);
        int horizon = phi.length;
        return z * suffixLoss - horizon * Math.min(0, z) + horizon * mean[0];
    }

    private double bonus(int layer, int state, int action, double[][] inverse) {
        double[] p = policy(layer, state);
        double sum = form(phi[layer][state][action], inverse, phi[layer][state][action]);
        for (int a = 0; a < p.length; a++) {
            sum += p[a] * form(phi[layer][state][a], inverse, phi[layer][state][a]);
        }
        return options.bonusScale() * sum;
    }

    /** b of the pair and of every pair that may follow, each layer further by another factor. */
    private double dilated(int layer, int state, int action, double[][][] inverses) {
        double dilation = options.bonus() == LinearMdpOptions.Bonus.DILATED ? 1 + 1.0 / phi.length : 1;
        double[] sum = {bonus(layer, state, action, inverses[layer])};
        for (int y = 0; layer + 1 < phi.length && y < transitions[layer][state][action].length; y++) {
            walk(
                    layer + 1,
                    y,
                    transitions[layer][state][action][y],
                    (h, x, a, probability) ->
                            sum[0] += probability * Math.pow(dilation, h - layer) * bonus(h, x, a, inverses[h]));
        }
        return sum[0];
    }

    /** Learns an episode that was played by the policy as it stands. */
    void learn(int[] states, int[] chosen, double[] losses) {
        double[][][] inverses = new double[phi.length][][];
        Arrays.setAll(inverses, this::inverse);
        double[][][] change = new double[phi.length][][];
        for (int h = 0; h < phi.length; h++) {
            double suffix = Arrays.stream(losses, h, losses.length).sum();
            change[h] = new double[phi[h].length][actions()];
            for (int x = 0; x < change[h].length; x++) {
                for (int a = 0; a < actions(); a++) {
                    double bonus = options.bonus() == LinearMdpOptions.Bonus.NONE ? 0 : dilated(h, x, a, inverses);
                    change[h][x][a] = options.learningRate()
                            * (estimate(h, x, a, inverses[h], phi[h][states[h]][chosen[h]], suffix) - bonus);
                }
            }
        }
        for (int h = 0; h < phi.length; h++) {
            for (int x = 0; x < change[h].length; x++) {
                for (int a = 0; a < actions(); a++) {
                    costs[h][x][a] += change[h][x][a];
                }
            }
        }
    }
}
