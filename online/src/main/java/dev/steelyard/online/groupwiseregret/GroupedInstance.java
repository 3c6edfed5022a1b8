package dev.steelyard.online.groupwiseregret;

/**
 * An instance and the groups that it belongs to.
 *
 * @param x features
 * @param groups numbers of its groups, without repetition; may be none
 */
public record GroupedInstance(double[] x, int... groups) {}
