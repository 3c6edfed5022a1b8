package dev.steelyard.online.onesidedfair;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link FairOneSidedLearner}.
 *
 * @param penalty C, what a violation costs, at least 0; the paper's choice is T^(1/5). Larger: fewer violations, more
 *     errors
 * @param horizon T, batches to come; 0 if unknown: all is then forgotten at batches 1, 2, 4, 8, ...
 * @param batchSize k, instances of a batch as the learning rate is set for; batches may differ
 * @param auditors size of the panel whose objections are reported one by one; default 1
 * @param gamma share of the panel that must object to the same pair, in (0, 1]; default 1
 * @param zeroCost how the cost of rejecting enters; default {@link ZeroCost#KNOWN}
 * @param penaltyForm how objections enter; default {@link PenaltyForm#EXACT}
 * @param drawing how often a hypothesis is drawn; default {@link Drawing#PER_BATCH}
 * @param outcomeUse what is learnt from outcomes; default {@link OutcomeUse#ONE_SIDED}
 * @param discountDelays whether an outcome that came d batches late counts 1/(1 + d); default false
 * @param memory factor in (0, 1] on all costs at each batch, against drift; default 1
 */
@RecordBuilder
public record OneSidedFairOptions(
        double penalty,
        long horizon,
        int batchSize,
        int auditors,
        double gamma,
        ZeroCost zeroCost,
        PenaltyForm penaltyForm,
        Drawing drawing,
        OutcomeUse outcomeUse,
        boolean discountDelays,
        double memory) {

    public OneSidedFairOptions {
        if (!(penalty >= 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException("penalty must be finite and at least 0, not " + penalty);
        }
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must be at least 1, or 0 if unknown, not " + horizon);
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, not " + batchSize);
        }
        Panel.quorum(auditors, gamma);
        if (penaltyForm == PenaltyForm.COPIES && penalty != Math.rint(penalty)) {
            throw new IllegalArgumentException("penalty must be an integer for COPIES, not " + penalty);
        }
        if (!(memory > 0 && memory <= 1)) {
            throw new IllegalArgumentException("memory must be in (0, 1], not " + memory);
        }
    }

    /** The defaults for a horizon: penalty T^(1/5). */
    public static OneSidedFairOptions forHorizon(long horizon, int batchSize) {
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, not " + horizon);
        }
        return of(Math.pow(horizon, 0.2), horizon, batchSize);
    }

    /** The defaults with a penalty of one's own. */
    public static OneSidedFairOptions of(double penalty, long horizon, int batchSize) {
        return new OneSidedFairOptions(
                penalty,
                horizon,
                batchSize,
                1,
                1,
                ZeroCost.KNOWN,
                PenaltyForm.EXACT,
                Drawing.PER_BATCH,
                OutcomeUse.ONE_SIDED,
                false,
                1);
    }
}
