package dev.steelyard.online.wtb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What could have been lost at least, knowing curves and weights: comparators for complete policy regret. */
public final class PolicyRegret {

    private static final int MOST_STATES = 1_000_000;
    private static final int MOST_TALLIES = 1_000_000;

    /** Tallies are sums whose order rounds differently. */
    private static final double ROUNDING = 1e-12;

    private final List<ExposureCurve> curves;
    private final MemoryWeights weights;

    public PolicyRegret(List<ExposureCurve> curves, MemoryWeights weights) {
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one curve, one for each action");
        }
        this.curves = List.copyOf(curves);
        this.weights = weights;
    }

    /** The loss of playing one action from the start. */
    public double fixedLoss(int action, long horizon) {
        double loss = 0;
        double tally = 0;
        long first = Math.min(horizon, weights.length());
        for (int k = 0; k < first; k++) {
            tally += weights.weight(k);
            loss += curves.get(action).loss(tally);
        }
        return loss + (horizon - first) * curves.get(action).loss(weights.sum());
    }

    /** Loss beyond T plays of the best plateau: an upper bound of complete policy regret under repeated exposure optimality. */
    public double upperBound(double summedLoss, long horizon) {
        return summedLoss - horizon * plateau(bestAction());
    }

    /** Loss beyond playing the best action from the start, its first plays included. */
    public double fixedRegret(double summedLoss, long horizon) {
        return summedLoss - fixedLoss(bestAction(), horizon);
    }

    /** The action of least loss when repeated; the earliest on a tie. */
    public int bestAction() {
        int best = 0;
        for (int action = 1; action < curves.size(); action++) {
            if (plateau(action) < plateau(best)) {
                best = action;
            }
        }
        return best;
    }

    private double plateau(int action) {
        return curves.get(action).loss(weights.sum());
    }

    /**
     * Whether repeated exposure is optimal: the best plateau is at most the loss of any action at any tally that can be
     * reached.
     *
     * @throws IllegalArgumentException if there are more than 10^6 tallies, as unequal weights have beyond a memory of 20
     */
    public boolean isRepeatedExposureOptimal() {
        double best = plateau(bestAction());
        for (double tally : reachableTallies()) {
            for (ExposureCurve curve : curves) {
                if (curve.loss(tally) < best - ROUNDING) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Sums of the present weight and any of the earlier ones; a single action is played all the time. */
    private Set<Double> reachableTallies() {
        Set<Double> tallies = new HashSet<>(Set.of(weights.weight(0)));
        double played = weights.weight(0);
        for (int k = 1; k < weights.length(); k++) {
            double weight = weights.weight(k);
            played += weight;
            if (curves.size() == 1) {
                tallies.add(played);
            } else {
                tallies.addAll(tallies.stream().map(tally -> tally + weight).toList());
            }
            if (tallies.size() > MOST_TALLIES) {
                throw new IllegalArgumentException("a memory of " + weights.length() + " has more than " + MOST_TALLIES
                        + " tallies that can be reached, which are too many to try");
            }
        }
        return tallies;
    }

    /**
     * The least expected loss of any sequence of actions, by dynamic programming over the last m - 1 actions.
     *
     * @throws IllegalArgumentException if there are more than 10^6 such histories
     */
    public double optimalLoss(int horizon) {
        int slots = weights.length() - 1;
        double states = Math.pow(curves.size() + 1.0, slots);
        if (states > MOST_STATES) {
            throw new IllegalArgumentException("there are " + states + " histories of the last " + slots
                    + " actions; at most " + MOST_STATES + " are enumerated");
        }
        // Action 0 stands for none; the newest action is the lowest digit.
        int base = curves.size() + 1;
        int count = (int) states;
        double[][] losses = new double[count][curves.size()];
        int[][] next = new int[count][curves.size()];
        for (int state = 0; state < count; state++) {
            for (int action = 0; action < curves.size(); action++) {
                losses[state][action] = curves.get(action).loss(tally(state, action, base, slots));
                next[state][action] = slots == 0 ? 0 : (int) (((long) state * base + action + 1) % count);
            }
        }
        double[] values = new double[count];
        for (int t = 0; t < horizon; t++) {
            double[] earlier = new double[count];
            for (int state = 0; state < count; state++) {
                earlier[state] = Double.POSITIVE_INFINITY;
                for (int action = 0; action < curves.size(); action++) {
                    earlier[state] = Math.min(earlier[state], losses[state][action] + values[next[state][action]]);
                }
            }
            values = earlier;
        }
        return values[0];
    }

    private double tally(int state, int action, int base, int slots) {
        double tally = weights.weight(0);
        int rest = state;
        for (int k = 1; k <= slots; k++) {
            if (rest % base == action + 1) {
                tally += weights.weight(k);
            }
            rest /= base;
        }
        return tally;
    }

    /**
     * The least mean loss in the long run, by Karp's minimum mean cycle over the same histories; under repeated exposure
     * optimality that of the best plateau.
     */
    public double optimalMeanLoss() {
        int slots = weights.length() - 1;
        double states = Math.pow(curves.size(), slots);
        if (states > MOST_STATES / 1000.0) {
            throw new IllegalArgumentException(
                    "there are " + states + " histories; Karp's algorithm takes at most " + MOST_STATES / 1000);
        }
        int count = (int) states;
        Map<Integer, List<double[]>> incoming = new HashMap<>();
        for (int state = 0; state < count; state++) {
            for (int action = 0; action < curves.size(); action++) {
                int to = slots == 0 ? 0 : (int) (((long) state * curves.size() + action) % count);
                double loss = curves.get(action).loss(tallyOfFull(state, action, slots));
                incoming.computeIfAbsent(to, key -> new ArrayList<>()).add(new double[] {state, loss});
            }
        }
        double[][] shortest = new double[count + 1][count];
        for (int n = 1; n <= count; n++) {
            for (int to = 0; to < count; to++) {
                shortest[n][to] = Double.POSITIVE_INFINITY;
                for (double[] edge : incoming.get(to)) {
                    shortest[n][to] = Math.min(shortest[n][to], shortest[n - 1][(int) edge[0]] + edge[1]);
                }
            }
        }
        double best = Double.POSITIVE_INFINITY;
        for (int state = 0; state < count; state++) {
            double worst = Double.NEGATIVE_INFINITY;
            for (int n = 0; n < count; n++) {
                worst = Math.max(worst, (shortest[count][state] - shortest[n][state]) / (count - n));
            }
            best = Math.min(best, worst);
        }
        return best;
    }

    private double tallyOfFull(int state, int action, int slots) {
        double tally = weights.weight(0);
        int rest = state;
        for (int k = 1; k <= slots; k++) {
            if (rest % curves.size() == action) {
                tally += weights.weight(k);
            }
            rest /= curves.size();
        }
        return tally;
    }

    /** The expected loss of a sequence of actions. */
    public double loss(int... actions) {
        Tally tally = new Tally(weights);
        return Arrays.stream(actions)
                .mapToDouble(action -> curves.get(action).loss(tally.play(action)))
                .sum();
    }
}
