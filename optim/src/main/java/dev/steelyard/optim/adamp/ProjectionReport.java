package dev.steelyard.optim.adamp;

/**
 * What an optimiser of this package sees in one parameter.
 *
 * @param parameter its name
 * @param view how its update was projected at the last step; {@link View#NONE} before the first
 * @param weightNorm Euclidean norm of the weight now
 * @param effectiveStepSize {@code learning rate / weightNorm^2}, the step of a scale-invariant weight's direction, with
 *     the schedule's factor of the last step; infinite for a weight of zeros
 */
public record ProjectionReport(String parameter, View view, double weightNorm, double effectiveStepSize) {}
