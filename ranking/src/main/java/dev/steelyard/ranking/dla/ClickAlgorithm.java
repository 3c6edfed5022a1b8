package dev.steelyard.ranking.dla;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The algorithms by name. */
public enum ClickAlgorithm {

    /** {@link DualLearner}. */
    DLA,
    /** {@link WeightedClickLearner} with propensities that are known. */
    IPW,
    /** {@link RegressionEm}. */
    REM,
    /** Clicks as they are. */
    NAIVE,
    /** Known grades instead of clicks. */
    LABELS;

    /**
     * An algorithm by name, in any case.
     *
     * @throws IllegalArgumentException listing the names
     */
    public static ClickAlgorithm named(String name) {
        return Arrays.stream(values())
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no algorithm is called '" + name + "'; there are dla, ipw, rem, naive and labels"));
    }

    /** Its name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether sessions without a click say something to it. */
    public boolean usesAllSessions() {
        return this == REM;
    }

    /**
     * A learner.
     *
     * @param scorer is trained in place
     * @param options of which only places and the ranker's rate matter to others than DLA
     * @param propensities of the places relative to the first, for IPW
     * @param seed of the labels that regression-EM draws
     */
    public ClickLearner learner(
            MultilayerPerceptron scorer, DualOptions options, List<Double> propensities, long seed) {
        return switch (this) {
            case DLA -> new DualLearner(scorer, options);
            case IPW -> new WeightedClickLearner(scorer, inverse(propensities, options), options.rankRate());
            case REM -> new RegressionEm(scorer, options.positions(), options.rankRate(), seed);
            case NAIVE, LABELS -> WeightedClickLearner.naive(scorer, options.positions(), options.rankRate());
        };
    }

    private static double[] inverse(List<Double> propensities, DualOptions options) {
        if (propensities.size() != options.positions()) {
            throw new IllegalArgumentException("there are " + propensities.size() + " propensities for "
                    + options.positions() + " positions; give one each");
        }
        return propensities.stream()
                .mapToDouble(propensity -> {
                    if (!(propensity > 0) || Double.isInfinite(propensity)) {
                        throw new IllegalArgumentException(
                                "a propensity must be positive and finite, not " + propensity);
                    }
                    return Math.min(options.largestWeight(), 1 / propensity);
                })
                .toArray();
    }

    /** What a learner found of the places' propensities, relative to the first; empty where it does not estimate them. */
    public static List<Double> propensities(ClickLearner learner) {
        double[] found =
                switch (learner) {
                    case DualLearner dual -> dual.propensities();
                    case RegressionEm em -> {
                        double[] examination = em.examination();
                        yield Arrays.stream(examination)
                                .map(e -> e / examination[0])
                                .toArray();
                    }
                    default -> new double[0];
                };
        return Arrays.stream(found).boxed().toList();
    }
}
