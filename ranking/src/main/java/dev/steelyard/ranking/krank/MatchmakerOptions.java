package dev.steelyard.ranking.krank;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;

/**
 * Options of {@link KRankMatchmaker}.
 *
 * @param pivot for whose sake a match is made; the item with the fewest comparisons (the paper's)
 * @param opponents who meets the pivot; the largest upper confidence bounds (the paper's)
 * @param alpha weight of exploration in the bound, finite and at least 0; 1 (the paper's)
 * @param ties what decides between equals; a draw
 */
@RecordBuilder
public record MatchmakerOptions(PivotRule pivot, OpponentRule opponents, double alpha, TieBreak ties)
        implements MatchmakerOptionsBuilder.With {

    /** For whose sake a match is made. */
    public enum PivotRule {
        /** The item that met the fewest others, all matches added up. */
        FEWEST_COMPARISONS,
        /** Any, with equal chances. */
        RANDOM
    }

    /** Who meets the pivot. */
    public enum OpponentRule {
        /** Items of similar score that the pivot seldom met, see {@link UpperConfidence}. */
        UPPER_CONFIDENCE,
        /** The nearest scores, whoever met: the habit of TrueSkill's services. */
        SIMILAR_SKILL,
        /** Any, with equal chances. */
        RANDOM
    }

    /** What decides between equals. */
    public enum TieBreak {
        RANDOM,
        /** The item that came first; nothing is drawn. */
        LOWEST_INDEX
    }

    public MatchmakerOptions {
        Objects.requireNonNull(pivot, "pivot");
        Objects.requireNonNull(opponents, "opponents");
        Objects.requireNonNull(ties, "ties");
        if (!(alpha >= 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("alpha must be finite and at least 0, not " + alpha);
        }
    }

    /** The paper's. */
    public static MatchmakerOptions defaults() {
        return new MatchmakerOptions(PivotRule.FEWEST_COMPARISONS, OpponentRule.UPPER_CONFIDENCE, 1, TieBreak.RANDOM);
    }

    /** Matches drawn with equal chances. */
    public static MatchmakerOptions random() {
        return new MatchmakerOptions(PivotRule.RANDOM, OpponentRule.RANDOM, 1, TieBreak.RANDOM);
    }
}
