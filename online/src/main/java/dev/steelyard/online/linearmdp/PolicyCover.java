package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Policies that reach wherever the features can be reached, found without a model: rounds of episodes under the policy
 * that is greedy for where little was seen, by least-squares value iteration with the reward min(1, |phi|) in the inverse
 * covariance of all rounds before.
 */
final class PolicyCover {

    private static final String NAME = "policy cover";

    private final LayeredMdp mdp;
    private final double[][][] features;
    private final int rounds;
    /** [layer][pair][next state]; the last layer has one column. */
    private final double[][][] seen;

    /** [round][all states of all layers in turn]. */
    private final int[][] greedy;

    private int found;

    PolicyCover(LayeredMdp mdp, int rounds) {
        this.mdp = mdp;
        this.features = Tables.features(mdp);
        this.rounds = rounds;
        this.greedy = new int[rounds][];
        this.seen = new double[mdp.horizon()][][];
        for (int h = 0; h < seen.length; h++) {
            int next = h + 1 < seen.length ? mdp.states(h + 1) : 1;
            seen[h] = new double[features[h].length][next];
        }
    }

    int rounds() {
        return rounds;
    }

    /** Counts an episode's pairs and transitions. */
    void add(int[] states, int[] actions) {
        for (int h = 0; h < seen.length; h++) {
            seen[h][states[h] * mdp.actions() + actions[h]][h + 1 < seen.length ? states[h + 1] : 0]++;
        }
    }

    /** Fixes the policies up to a round, from what was seen so far. */
    void find(int round) {
        while (found <= round) {
            greedy[found] = solve();
            found++;
        }
    }

    /** The action of a round's policy. */
    int action(int round, int layer, int state) {
        int offset = 0;
        for (int h = 0; h < layer; h++) {
            offset += mdp.states(h);
        }
        return greedy[round][offset + state];
    }

    /** (I + sum phi phi^T)^-1 of a layer over all that was seen. */
    double[][] inverse(int layer) {
        int d = mdp.dimension();
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            matrix.data[i * d + i] = 1;
        }
        for (int pair = 0; pair < features[layer].length; pair++) {
            double count = Arrays.stream(seen[layer][pair]).sum();
            double[] phi = features[layer][pair];
            for (int i = 0; count > 0 && i < d; i++) {
                for (int j = 0; j < d; j++) {
                    matrix.data[i * d + j] += count * phi[i] * phi[j];
                }
            }
        }
        return InverseCovariance.inverse(matrix);
    }

    /** Whether no action of a state is too uncertain. */
    boolean isKnown(int layer, int state, double[][] inverse, double bound) {
        for (int a = 0; a < mdp.actions(); a++) {
            if (Vectors.squaredNorm(features[layer][state * mdp.actions() + a], inverse) > bound) {
                return false;
            }
        }
        return true;
    }

    private int[] solve() {
        int[][] policy = new int[mdp.horizon()][];
        double[] next = {0};
        for (int h = policy.length - 1; h >= 0; h--) {
            double[][] inverse = inverse(h);
            double[] weights = Vectors.times(inverse, target(h, next));
            policy[h] = new int[mdp.states(h)];
            double[] values = new double[mdp.states(h)];
            for (int x = 0; x < values.length; x++) {
                values[x] = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < mdp.actions(); a++) {
                    double[] phi = features[h][x * mdp.actions() + a];
                    double reward = Math.min(1, Math.sqrt(Vectors.squaredNorm(phi, inverse)));
                    double value = Math.clamp(reward + Vectors.dot(phi, weights), 0.0, mdp.horizon());
                    if (value > values[x]) {
                        values[x] = value;
                        policy[h][x] = a;
                    }
                }
            }
            next = values;
        }
        return Arrays.stream(policy).flatMapToInt(Arrays::stream).toArray();
    }

    /** sum phi V(next state) over what was seen. */
    private double[] target(int layer, double[] next) {
        double[] target = new double[mdp.dimension()];
        if (layer + 1 == mdp.horizon()) {
            return target;
        }
        for (int pair = 0; pair < features[layer].length; pair++) {
            double value = Vectors.dot(seen[layer][pair], next);
            for (int i = 0; i < target.length; i++) {
                target[i] += value * features[layer][pair][i];
            }
        }
        return target;
    }

    State state() {
        State state = State.of(NAME).put("found", found).put("seen", Tables.flat(seen));
        for (int round = 0; round < found; round++) {
            state.put("greedy" + round, greedy[round]);
        }
        return state;
    }

    Runnable load(State saved) {
        double[][][] savedSeen = Tables.read(saved.require(NAME), "seen", seen);
        int savedFound = saved.smallInteger("found");
        int[][] savedGreedy = new int[rounds][];
        for (int round = 0; round < savedFound; round++) {
            savedGreedy[round] = Arrays.stream(saved.integers("greedy" + round))
                    .mapToInt(action -> (int) action)
                    .toArray();
        }
        return () -> {
            System.arraycopy(savedSeen, 0, seen, 0, seen.length);
            System.arraycopy(savedGreedy, 0, greedy, 0, rounds);
            found = savedFound;
        };
    }
}
