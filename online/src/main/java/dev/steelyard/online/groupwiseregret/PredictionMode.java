package dev.steelyard.online.groupwiseregret;

/** What is played of the groups' predictions. */
public enum PredictionMode {
    /** That of a group drawn by weight, as in the paper. */
    RANDOMISED,
    /** Their weighted average; for convex losses, which it can only lower. */
    AVERAGE
}
