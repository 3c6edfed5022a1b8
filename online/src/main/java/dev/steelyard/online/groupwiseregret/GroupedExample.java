package dev.steelyard.online.groupwiseregret;

/**
 * An instance with its outcome.
 *
 * @param instance features and groups
 * @param outcome what was seen
 */
public record GroupedExample<Y>(GroupedInstance instance, Y outcome) {}
