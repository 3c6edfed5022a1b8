package dev.steelyard.online.convex;

/**
 * An instance with its label.
 *
 * @param features of the instance
 * @param label a number, or 1 and 0 or -1 for two classes
 */
public record Example(double[] features, double label) {}
