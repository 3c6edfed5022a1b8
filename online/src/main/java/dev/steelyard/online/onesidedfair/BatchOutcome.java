package dev.steelyard.online.onesidedfair;

import java.util.Optional;

/**
 * What came of a batch.
 *
 * @param labels per instance 1 or 0; {@link #UNSEEN} for rejected ones and for those whose outcome is lost
 * @param violation the pair that the panel reported, if any
 */
public record BatchOutcome(int[] labels, Optional<OrderedPair> violation) {

    /** The label of an instance whose outcome is not known. */
    public static final int UNSEEN = -1;

    /** Outcomes with a violation. */
    public static BatchOutcome violating(OrderedPair pair, int... labels) {
        return new BatchOutcome(labels, Optional.of(pair));
    }

    /** Outcomes of a batch that the panel did not object to. */
    public static BatchOutcome of(int... labels) {
        return new BatchOutcome(labels, Optional.empty());
    }
}
