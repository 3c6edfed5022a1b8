/**
 * Bandits with a fixed set of arms: {@link dev.steelyard.online.bandit.BanditLearner}, the protocol, and the baselines
 * that the papers of this domain are measured against. Losses are in [0, 1], lower is better.
 */
package dev.steelyard.online.bandit;
