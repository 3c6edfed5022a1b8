/**
 * What a decision and its feedback cost with each learner of {@code online}, and what they could cost at least. Begin with
 * {@code BanditRound}; its limits are {@code ArmBound}.
 */
package dev.steelyard.benchmarks.online;
