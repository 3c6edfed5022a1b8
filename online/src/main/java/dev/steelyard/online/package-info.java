/**
 * Decisions under feedback that is partial, late or missing: bandits, online convex optimisation, adversarial Markov
 * decision processes.
 *
 * <p>Begin with {@link dev.steelyard.online.OnlineLearner}: it decides, and learns from what came of its decisions. A
 * {@link dev.steelyard.online.MetaLearner} weighs experts; an {@link dev.steelyard.online.Oracle} finds the best fixed
 * action for given costs. {@link dev.steelyard.online.Environment} and {@link dev.steelyard.online.RegretMeter} are for
 * studies. Losses are in [0, 1] and lower is better, unless a method says otherwise.
 *
 * <p>Each paper has a package; {@code bandit}, {@code convex} and {@code experts} hold the baselines that several of
 * them share, {@code wire} the JSON face by which a service drives any learner.
 */
package dev.steelyard.online;
