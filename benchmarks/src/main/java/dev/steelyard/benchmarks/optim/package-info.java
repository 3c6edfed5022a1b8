/**
 * What a step of each optimiser costs, and what it could cost at least. Begin with
 * {@link dev.steelyard.benchmarks.optim.StepRatios}, which prints all of it in one run; the JMH benchmarks beside it
 * measure single optimisers longer.
 */
package dev.steelyard.benchmarks.optim;
