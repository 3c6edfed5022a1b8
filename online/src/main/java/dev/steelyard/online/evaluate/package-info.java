/**
 * What another learner would have lost, from a log of decisions with their propensities: {@link
 * dev.steelyard.online.evaluate.OffPolicyEvaluation} plays the log to the learner and estimates by inverse propensity,
 * self-normalised, and doubly robust.
 */
package dev.steelyard.online.evaluate;
