/**
 * Predictions that do no worse on any group than a model trained for that group alone. Begin with {@link
 * dev.steelyard.online.groupwiseregret.GroupwiseLearner}: one ordinary learner a group ({@link
 * dev.steelyard.online.groupwiseregret.OnlineRidge}, {@link
 * dev.steelyard.online.groupwiseregret.VovkAzouryWarmuth}, {@link
 * dev.steelyard.online.groupwiseregret.PerturbedPathLeader}), weighed as sleeping experts by AdaNormalHedge. It evens out
 * regret, not error rates.
 *
 * <p>Krishna Acharya, Eshwar Ram Arunachaleswaran, Sampath Kannan, Aaron Roth, Juba Ziani: Oracle Efficient Algorithms for
 * Groupwise Regret. ICLR 2024, arXiv 2310.04652.
 */
package dev.steelyard.online.groupwiseregret;
