package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/**
 * An MDP for studies and tests, whose transitions are known to whoever holds it: P(x'|x,a) = phi(x,a).nu(x'), losses
 * phi(x,a).theta.
 */
public final class LinearMdp implements LayeredMdp, Simulator {

    private static final double FEATURE_CONCENTRATION = .3;
    private static final double TRANSITION_CONCENTRATION = .5;

    private final double[][][][] features;
    private final double[][][][] transitions;
    private final KnownModel model;

    /**
     * @param features [layer][state][action][dimension]
     * @param transitions [layer][state][action][next state], for all layers but the last
     */
    public LinearMdp(double[][][][] features, double[][][][] transitions) {
        this.features = features;
        this.transitions = transitions;
        this.model = new KnownModel(transitions);
        validate();
    }

    /**
     * Features Dirichlet(.3) on d anchors, each with next states Dirichlet(.5).
     *
     * @param states per layer after the first, which has one
     */
    public static LinearMdp random(int horizon, int states, int actions, int dimension, RandomGenerator random) {
        double[][][][] features = new double[horizon][][][];
        double[][][][] transitions = new double[horizon - 1][][][];
        for (int h = 0; h < horizon; h++) {
            features[h] = new double[h == 0 ? 1 : states][actions][];
            for (double[][] state : features[h]) {
                for (int a = 0; a < actions; a++) {
                    state[a] = Dirichlet.draw(dimension, FEATURE_CONCENTRATION, random);
                }
            }
        }
        for (int h = 0; h + 1 < horizon; h++) {
            double[][] anchors = new double[dimension][];
            for (int i = 0; i < dimension; i++) {
                anchors[i] = Dirichlet.draw(states, TRANSITION_CONCENTRATION, random);
            }
            transitions[h] = mix(features[h], anchors);
        }
        return new LinearMdp(features, transitions);
    }

    private static double[][][] mix(double[][][] features, double[][] anchors) {
        double[][][] mixed = new double[features.length][features[0].length][anchors[0].length];
        for (int x = 0; x < mixed.length; x++) {
            for (int a = 0; a < mixed[x].length; a++) {
                for (int i = 0; i < anchors.length; i++) {
                    for (int y = 0; y < anchors[i].length; y++) {
                        mixed[x][a][y] += features[x][a][i] * anchors[i][y];
                    }
                }
            }
        }
        return mixed;
    }

    /** A table: features are one for the pair itself, zero for all others of its layer. */
    public static LinearMdp tabular(int actions, double[][][][] transitions, int... states) {
        int dimension = 0;
        for (int layer : states) {
            dimension = Math.max(dimension, layer * actions);
        }
        double[][][][] features = new double[states.length][][][];
        for (int h = 0; h < states.length; h++) {
            features[h] = new double[states[h]][actions][dimension];
            for (int x = 0; x < states[h]; x++) {
                for (int a = 0; a < actions; a++) {
                    features[h][x][a][x * actions + a] = 1;
                }
            }
        }
        return new LinearMdp(features, transitions);
    }

    /** A linear bandit: one layer, one state. */
    public static LinearMdp bandit(double[]... actions) {
        return new LinearMdp(new double[][][][] {{actions}}, new double[0][][][]);
    }

    /** The transitions, known. */
    public KnownModel model() {
        return model;
    }

    @Override
    public int horizon() {
        return features.length;
    }

    @Override
    public int states(int layer) {
        return features[layer].length;
    }

    @Override
    public int actions() {
        return features[0][0].length;
    }

    @Override
    public int dimension() {
        return features[0][0][0].length;
    }

    @Override
    public double[] features(int layer, int state, int action) {
        return features[layer][state][action];
    }

    @Override
    public int sample(int layer, int state, int action, RandomGenerator random) {
        return Draws.from(transitions[layer][state][action], random);
    }

    /** The losses phi.theta of all pairs, for a theta per layer. */
    public double[][][] losses(double[][] theta) {
        double[][][] losses = Tables.zeros(this);
        for (int h = 0; h < losses.length; h++) {
            for (int x = 0; x < losses[h].length; x++) {
                for (int a = 0; a < losses[h][x].length; a++) {
                    losses[h][x][a] = Vectors.dot(features[h][x][a], theta[h]);
                }
            }
        }
        return losses;
    }

    /** The expected loss of an episode under a policy. */
    public double value(double[][][] policy, double[][][] losses) {
        double[][] sums = model.accumulate(losses, policy, 1, null)[0];
        return Vectors.dot(policy[0][0], sums[0]);
    }

    /** The least expected loss of an episode under any policy, by dynamic programming. */
    public double bestValue(double[][][] losses) {
        double[] next = {};
        for (int h = losses.length - 1; h >= 0; h--) {
            double[] values = new double[losses[h].length];
            for (int x = 0; x < values.length; x++) {
                values[x] = Double.POSITIVE_INFINITY;
                for (int a = 0; a < losses[h][x].length; a++) {
                    double later = next.length == 0 ? 0 : Vectors.dot(transitions[h][x][a], next);
                    values[x] = Math.min(values[x], losses[h][x][a] + later);
                }
            }
            next = values;
        }
        return next[0];
    }
}
