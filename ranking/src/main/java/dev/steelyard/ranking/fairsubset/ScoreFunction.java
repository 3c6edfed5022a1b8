package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;

/**
 * The worth of a committee: in each ranking the weights of its members' places, sorted to decrease, are added with factors
 * that do not increase; the rankings are added. With all factors 1 the members' scores simply add up (separable). Every
 * such function is monotone and submodular.
 *
 * @param name for tables and commands
 * @param weight of a place
 * @param factor of the t-th best member
 */
public record ScoreFunction(String name, PlaceWeight weight, MemberFactor factor) {

    private static final MemberFactor ALL = t -> 1;
    private static final MemberFactor BEST = t -> t == 0 ? 1 : 0;
    private static final MemberFactor HARMONIC = t -> 1.0 / (t + 1);

    /** The weight of a place; not increasing in the rank. */
    @FunctionalInterface
    public interface PlaceWeight {
        /**
         * The weight.
         *
         * @param rank from 0
         * @param items m
         */
        double of(int rank, int items);
    }

    /** The factor of a committee's t-th best member in a ranking, t from 0; at least 0, not increasing. */
    @FunctionalInterface
    public interface MemberFactor {
        double of(int t);
    }

    /** First places (single non-transferable vote). */
    public static ScoreFunction sntv() {
        return new ScoreFunction("sntv", (r, m) -> r == 0 ? 1 : 0, ALL);
    }

    /** Places among the first l; l is usually the committee's size. */
    public static ScoreFunction bloc(int l) {
        requireLength(l);
        return new ScoreFunction("bloc-" + l, (r, m) -> r < l ? 1 : 0, ALL);
    }

    /** m - 1 - rank. */
    public static ScoreFunction borda() {
        return new ScoreFunction("borda", (r, m) -> m - 1 - r, ALL);
    }

    /** 1/(rank + 1). */
    public static ScoreFunction dowdall() {
        return new ScoreFunction("dowdall", (r, m) -> 1.0 / (r + 1), ALL);
    }

    /** l - rank for the first l places, 0 below. */
    public static ScoreFunction truncatedBorda(int l) {
        requireLength(l);
        return new ScoreFunction("truncated-borda-" + l, (r, m) -> Math.max(0, l - r), ALL);
    }

    /** Chamberlin-Courant: each voter is represented by its best member, by Borda weight. */
    public static ScoreFunction chamberlinCourant() {
        return new ScoreFunction("cc", (r, m) -> m - 1 - r, BEST);
    }

    /** Chamberlin-Courant on approvals: voters with a member among their first l. */
    public static ScoreFunction approvalChamberlinCourant(int l) {
        requireLength(l);
        return new ScoreFunction("approval-cc-" + l, (r, m) -> r < l ? 1 : 0, BEST);
    }

    /** Borda weights with factors 1, 1/2, 1/3, ... */
    public static ScoreFunction harmonicBorda() {
        return new ScoreFunction("harmonic-borda", (r, m) -> m - 1 - r, HARMONIC);
    }

    /** Proportional approval voting on the first l places. */
    public static ScoreFunction proportionalApproval(int l) {
        requireLength(l);
        return new ScoreFunction("pav-" + l, (r, m) -> r < l ? 1 : 0, HARMONIC);
    }

    /**
     * A rule by name.
     *
     * @param name sntv, bloc, borda, dowdall, truncated-borda, cc, approval-cc, harmonic-borda or pav; those with a length
     *     may carry it, as in {@code bloc-3}
     * @param size the committee's size, the default length
     * @throws IllegalArgumentException if there is no such rule
     */
    public static ScoreFunction named(String name, int size) {
        int dash = name.lastIndexOf('-');
        boolean hasLength = dash > 0 && name.substring(dash + 1).matches("\\d{1,9}");
        int length = hasLength ? Integer.parseInt(name.substring(dash + 1)) : size;
        ScoreFunction named =
                switch (hasLength ? name.substring(0, dash) : name) {
                    case "sntv" -> sntv();
                    case "bloc" -> bloc(length);
                    case "borda" -> borda();
                    case "dowdall" -> dowdall();
                    case "truncated-borda" -> truncatedBorda(length);
                    case "cc" -> chamberlinCourant();
                    case "approval-cc" -> approvalChamberlinCourant(length);
                    case "harmonic-borda" -> harmonicBorda();
                    case "pav" -> proportionalApproval(length);
                    default ->
                        throw new IllegalArgumentException(
                                "there is no rule '" + name
                                        + "'; there are sntv, bloc, borda, dowdall, truncated-borda, cc, approval-cc, harmonic-borda and pav");
                };
        if (hasLength && !named.name().endsWith("-" + length)) {
            throw new IllegalArgumentException("the rule '" + named.name() + "' has no length, leave out -" + length
                    + "; bloc, truncated-borda, approval-cc and pav have one");
        }
        return named;
    }

    private static void requireLength(int l) {
        if (l < 1) {
            throw new IllegalArgumentException("the rule's length must be at least 1, not " + l);
        }
    }

    /** Whether the members' scores add up, for committees of up to a size. */
    public boolean isSeparable(int size) {
        for (int t = 0; t < size; t++) {
            if (factor.of(t) != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * The score of each item: the sum of its places' weights. On one thread: 100,000 rankings of 50 items take 6 ms, and
     * halves on two threads of a busy machine took no less; sums of parts would also change the last bits where weights are
     * fractions.
     */
    public double[] itemScores(RankingProfile profile) {
        double[] weights = weights(profile.items());
        double[] scores = new double[profile.items()];
        for (int v = 0; v < profile.voters(); v++) {
            for (int r = 0; r < scores.length; r++) {
                scores[profile.item(v, r)] += weights[r];
            }
        }
        return scores;
    }

    /** The worth of a committee. */
    public double value(RankingProfile profile, int... committee) {
        double[] weights = weights(profile.items());
        double[] factors = factors(committee.length);
        double value = 0;
        double[] members = new double[committee.length];
        for (int v = 0; v < profile.voters(); v++) {
            for (int t = 0; t < members.length; t++) {
                members[t] = weights[profile.rank(v, committee[t])];
            }
            Arrays.sort(members);
            for (int t = 0; t < members.length; t++) {
                value += factors[t] * members[members.length - 1 - t];
            }
        }
        return value;
    }

    /** The largest worth that one item can add in one ranking: tau_1. */
    public double largestMarginal(int items) {
        return weight.of(0, items) * factor.of(0);
    }

    /** @throws IllegalArgumentException if a weight is negative or larger than the one before */
    double[] weights(int items) {
        double[] weights = new double[items];
        Arrays.setAll(weights, rank -> weight.of(rank, items));
        requireFalling("weight of place", weights);
        return weights;
    }

    /** @throws IllegalArgumentException if a factor is negative or larger than the one before */
    double[] factors(int size) {
        double[] factors = new double[size];
        Arrays.setAll(factors, factor::of);
        requireFalling("factor of member", factors);
        return factors;
    }

    private void requireFalling(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= (i == 0 ? Double.MAX_VALUE : values[i - 1]))) {
                throw new IllegalArgumentException("rule " + name + ": the " + what + " " + i + " is " + values[i]
                        + "; it must be finite, at least 0 and not above the one before");
            }
        }
    }
}
