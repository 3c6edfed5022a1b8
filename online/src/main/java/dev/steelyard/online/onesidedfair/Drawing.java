package dev.steelyard.online.onesidedfair;

/** How often a hypothesis is drawn. */
public enum Drawing {
    /** One for the whole batch, as in the paper (default). */
    PER_BATCH,
    /** One for each instance: the same marginals, less correlated errors. */
    PER_INSTANCE
}
