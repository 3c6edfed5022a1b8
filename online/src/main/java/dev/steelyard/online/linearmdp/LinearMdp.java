package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/**
 * An MDP for studies and tests, whose transitions are known to whoever holds it: P(x'|x,a) = phi(x,a).nu(x'), losses
 * phi(x,a).theta.
 */
public final class LinearMdp implements LayeredMdp, Simulator {

    private static final double FEATURE_CONCENTRATION = .3;
    private static final double TRANSITION_CONCENTRATION = .5;

    private final FeatureTable table;
    private final double[][][][] transitions;
    private final KnownModel model;

    /**
     * @param features [layer][state][action][dimension]
     * @param transitions [layer][state][action][next state], for all layers but the last
     * @throws IllegalArgumentException if a feature has a norm above 1, a row of transitions is no distribution or has
     *     another shape than the features; the message names the place
     */
    public LinearMdp(double[][][][] features, double[][][][] transitions) {
        this(new FeatureTable(features), transitions);
    }

    private LinearMdp(FeatureTable table, double[][][][] transitions) {
        this.table = table;
        this.transitions = transitions;
        requireShape(table, transitions);
        this.model = new KnownModel(transitions);
    }

    private static void requireShape(LayeredMdp mdp, double[][][][] transitions) {
        requireCount("the transitions", "layers", transitions.length, mdp.horizon() - 1);
        for (int h = 0; h < transitions.length; h++) {
            requireCount("layer " + h + " of the transitions", "states", transitions[h].length, mdp.states(h));
            for (int x = 0; x < transitions[h].length; x++) {
                String state = "layer " + h + ", state " + x + " of the transitions";
                requireCount(state, "actions", transitions[h][x].length, mdp.actions());
                for (int a = 0; a < mdp.actions(); a++) {
                    requireCount(
                            state + ", action " + a, "next states", transitions[h][x][a].length, mdp.states(h + 1));
                }
            }
        }
    }

    private static void requireCount(String what, String of, int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException(
                    what + " must have " + expected + " " + of + ", as the features have, not " + count);
        }
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
        return new LinearMdp(FeatureTable.oneHot(actions, states), transitions);
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
        return table.horizon();
    }

    @Override
    public int states(int layer) {
        return table.states(layer);
    }

    @Override
    public int actions() {
        return table.actions();
    }

    @Override
    public int dimension() {
        return table.dimension();
    }

    @Override
    public double[] features(int layer, int state, int action) {
        return table.features(layer, state, action);
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
                    losses[h][x][a] = Vectors.dot(features(h, x, a), theta[h]);
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
