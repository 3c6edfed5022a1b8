package dev.steelyard.online.onesidedfair;

/** How the cost of predicting 0, which is always 1/2, enters the estimates. */
public enum ZeroCost {
    /** As the constant that it is: no variance (default). */
    KNOWN,
    /** Weighted by inverse probability like any other loss of a semi-bandit, as the paper does. */
    SEMI_BANDIT
}
