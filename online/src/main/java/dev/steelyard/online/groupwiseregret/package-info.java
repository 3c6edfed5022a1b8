/**
 * No regret for every group of a population at once: each group has a learner of its own, run on the group's rounds
 * only, and sleeping experts weigh the learners of the groups that a round belongs to.
 *
 * <p>K. Acharya, E. R. Arunachaleswaran, S. Kannan, A. Roth, J. Ziani, Oracle Efficient Algorithms for Groupwise Regret,
 * ICLR 2024. Begin with {@link dev.steelyard.online.groupwiseregret.GroupwiseRegression}. What is made equal is regret,
 * not the rate of errors; and for groups below some 30 rounds the guarantee says little.
 */
package dev.steelyard.online.groupwiseregret;
