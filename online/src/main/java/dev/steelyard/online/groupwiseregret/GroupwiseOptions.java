package dev.steelyard.online.groupwiseregret;

/**
 * Options of {@link GroupwiseRegression}.
 *
 * @param groups how many groups there are, at least 1
 * @param dimension of the features, at least 1
 * @param mode how predictions are made of the groups' ones
 * @param lambda of the groups' ridge regressions, above 0; 1 in the authors' code
 * @param forward whether the groups' learners are the forecasters of Vovk, Azoury and Warmuth
 */
public record GroupwiseOptions(int groups, int dimension, Mode mode, double lambda, boolean forward) {

    /** How one prediction is made of the groups' ones. */
    public enum Mode {
        /** One group is drawn, and its prediction is played; the paper's. */
        RANDOMISED,
        /** The weighted mean is played, which is never worse for a convex loss. */
        AVERAGE
    }

    public GroupwiseOptions {
        if (groups < 1 || dimension < 1) {
            throw new IllegalArgumentException(
                    "groups and dimension must be at least 1, not " + groups + " and " + dimension);
        }
        if (!(lambda > 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lambda must be above 0 and finite, not " + lambda);
        }
    }

    /** Ridge regressions with lambda = 1. */
    public GroupwiseOptions(int groups, int dimension, Mode mode) {
        this(groups, dimension, mode, 1, false);
    }
}
