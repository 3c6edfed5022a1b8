package dev.steelyard.optim.frugal;

/** How the part of a gradient that has no state moves the weights. */
public enum StateFree {
    /** By its sign (the default). */
    SIGN,
    /** By itself, as in SGD. */
    SGD,
    /** Not at all, as in GaLore and BAdam. */
    NONE
}
