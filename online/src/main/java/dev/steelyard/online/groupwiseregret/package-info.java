/**
 * Predictions that do no worse on any group than a model trained for that group alone. Begin with {@link
 * dev.steelyard.online.groupwiseregret.GroupwiseLearner}: one ordinary learner a group, weighed as sleeping experts by
 * AdaNormalHedge. It evens out regret, not error rates.
 *
 * <p>Learners of a group: {@link dev.steelyard.online.groupwiseregret.OnlineRidge}, {@link
 * dev.steelyard.online.groupwiseregret.VovkAzouryWarmuth} and {@link
 * dev.steelyard.online.groupwiseregret.DiagonalRegression} for numbers, {@link
 * dev.steelyard.online.groupwiseregret.PerturbedPathLeader} and {@link dev.steelyard.online.groupwiseregret.PathHedge} for
 * paths, {@link dev.steelyard.online.groupwiseregret.FiniteClass} for small classes. Rows of a file become instances by a
 * {@link dev.steelyard.online.groupwiseregret.GroupSpecification}; {@link
 * dev.steelyard.online.groupwiseregret.RegretLedger} tells what came of each group, {@link
 * dev.steelyard.online.groupwiseregret.RoundLog} writes a service's rounds down.
 *
 * <p>Krishna Acharya, Eshwar Ram Arunachaleswaran, Sampath Kannan, Aaron Roth, Juba Ziani: Oracle Efficient Algorithms for
 * Groupwise Regret. ICLR 2024, arXiv 2310.04652.
 */
package dev.steelyard.online.groupwiseregret;
