package dev.steelyard.online.onesidedfair;

/**
 * The costs to which one-sided errors are reduced: predicting 1 costs 1 - y, which is seen exactly when 1 is predicted;
 * predicting 0 costs 1/2. Over a batch the cost is half the number of errors plus a constant, so that half the regret in
 * errors is the regret in cost.
 */
public final class Costs {

    /** Cost of predicting 0. */
    public static final double OF_ZERO = 0.5;

    private Costs() {}

    /** The cost of a batch of predictions with true labels. */
    public static double of(boolean[] predictions, boolean[] labels) {
        double cost = 0;
        for (int i = 0; i < predictions.length; i++) {
            if (!predictions[i]) {
                cost += OF_ZERO;
            } else if (!labels[i]) {
                cost += 1;
            }
        }
        return cost;
    }

    /** The number of wrong predictions in a batch. */
    public static int errors(boolean[] predictions, boolean[] labels) {
        int errors = 0;
        for (int i = 0; i < predictions.length; i++) {
            errors += predictions[i] == labels[i] ? 0 : 1;
        }
        return errors;
    }

    /**
     * The estimated cost of predicting 1: (1 - y) over the probability of 1 where 1 was predicted, 0 elsewhere.
     *
     * @param inverse 1 over the probability of 1, or an estimate of that
     */
    public static double estimateOfOne(boolean accepted, boolean label, double inverse) {
        return accepted && !label ? inverse : 0;
    }

    /**
     * The estimated cost of predicting 0.
     *
     * @param inverse 1 over the probability of 0, or an estimate of that; used by {@link ZeroCost#SEMI_BANDIT} only
     */
    public static double estimateOfZero(ZeroCost form, boolean accepted, double inverse) {
        return switch (form) {
            case KNOWN -> OF_ZERO;
            case SEMI_BANDIT -> accepted ? 0 : OF_ZERO * inverse;
        };
    }
}
