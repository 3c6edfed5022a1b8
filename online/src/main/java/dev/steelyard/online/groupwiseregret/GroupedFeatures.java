package dev.steelyard.online.groupwiseregret;

/**
 * What is known before a prediction.
 *
 * @param features of the round
 * @param groups the numbers of the groups that the round belongs to, from 0, each once
 */
public record GroupedFeatures(double[] features, int[] groups) {}
