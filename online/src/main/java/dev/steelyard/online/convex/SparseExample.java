package dev.steelyard.online.convex;

/**
 * A sparse instance with its label.
 *
 * @param features of the instance
 * @param label a number, or 1 and 0 or -1 for two classes
 */
public record SparseExample(SparseVector features, double label) {}
