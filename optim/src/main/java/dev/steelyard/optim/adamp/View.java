package dev.steelyard.optim.adamp;

/** The rows into which a weight was cut when its update was projected. */
public enum View {
    /** The update was not projected: the weight does not look scale-invariant. */
    NONE,
    /** One row for each index of the first dimension: a filter, an output unit. */
    CHANNEL,
    /** One row of all entries: a whole layer. */
    LAYER
}
