package dev.steelyard.ranking.krank;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;

/**
 * Options of {@link KRank}.
 *
 * <pre>{@code
 * KRankOptions paper = KRankOptions.paper();
 * KRankOptions wideBallots = paper.withRule(new PairSum(PairSum.ROBUST_FLOOR));
 * }</pre>
 *
 * @param rule how a ballot changes the beliefs; expectation propagation with drift 25/300 and draw probability 0.10
 * @param priorMean mean skill mu0 of a new item, finite; 25 (the deployed code's)
 * @param priorDeviation deviation sigma0 of a new item's skill, above 0; 25/3 (the deployed code's)
 * @param noise deviation beta of a performance around the skill, above 0; 25/6 (the deployed code's)
 * @param conservatism deviations eta that the score takes off the mean, at least 0; 3 (the paper's)
 */
@RecordBuilder
public record KRankOptions(UpdateRule rule, double priorMean, double priorDeviation, double noise, double conservatism)
        implements KRankOptionsBuilder.With {

    public KRankOptions {
        Objects.requireNonNull(rule, "rule");
        requireFinite("priorMean", priorMean);
        requirePositive("priorDeviation", priorDeviation);
        requirePositive("noise", noise);
        if (!(conservatism >= 0) || Double.isInfinite(conservatism)) {
            throw new IllegalArgumentException("conservatism must be finite and at least 0, not " + conservatism);
        }
    }

    /** What to run a service with: expectation propagation as deployed. */
    public static KRankOptions defaults() {
        return new KRankOptions(ExpectationPropagation.deployed(), 25, 25.0 / 3, 25.0 / 6, 3);
    }

    /** The paper's update, {@link PairSum}. */
    public static KRankOptions paper() {
        return new KRankOptions(new PairSum(), 25, 25.0 / 3, 25.0 / 6, 3);
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be finite and above 0, not " + value);
        }
    }

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, not " + value);
        }
    }
}
