package dev.steelyard.online.evaluate;

import java.util.Map;
import java.util.TreeMap;

/**
 * By what a decision's weight is multiplied to give the probability that it enters the evaluated learner's history. With the
 * smallest propensity of the log this never is above 1, and the history exact; but a propensity may be so small that nothing
 * would be learnt, and the decision itself is of no weight. As the paper of {@link OffPolicyEvaluation} does, a low quantile
 * is taken, of the log so far; here of propensities by their weight, so that the history lacks at most that share of what
 * the learner would have done itself.
 */
final class HistoryShare {

    /** What a history may lack; of ours. */
    private static final double QUANTILE = 0.01;

    /** A power of two of propensities. */
    private static final class Octave {
        private double weight;
        private double smallest = 1;
    }

    private final Map<Integer, Octave> octaves = new TreeMap<>();
    private double weights;

    /** The share, with this decision taken in. */
    double next(double propensity, double weight) {
        Octave own = octaves.computeIfAbsent(Math.getExponent(propensity), exponent -> new Octave());
        own.weight += weight;
        own.smallest = Math.min(own.smallest, propensity);
        weights += weight;
        double below = 0;
        for (Octave each : octaves.values()) {
            below += each.weight;
            if (below > QUANTILE * weights) {
                return each.smallest;
            }
        }
        return 1; // nothing of any weight yet
    }
}
