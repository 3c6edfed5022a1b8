/** What a step of each optimiser costs, and what it could cost at least. Begin with {@code OptimizerStep}. */
package dev.steelyard.benchmarks.optim;
