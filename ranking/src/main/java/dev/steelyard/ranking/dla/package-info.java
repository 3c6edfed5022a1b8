/**
 * Rankers learnt from clicks without the bias of where documents were shown. Begin with {@link
 * dev.steelyard.ranking.dla.DualLearner}, which learns the ranker and the users' propensity to look at each place from the
 * same clicks; {@link dev.steelyard.ranking.dla.DualLosses} is the rule itself. Baselines: {@link
 * dev.steelyard.ranking.dla.WeightedClickLearner} (naive, inverse propensity, labels), {@link
 * dev.steelyard.ranking.dla.RegressionEm}, {@link dev.steelyard.ranking.dla.PositionBasedEm}, {@link
 * dev.steelyard.ranking.dla.UserBrowsingEm}. {@link
 * dev.steelyard.ranking.dla.ClickTraining} trains any of them by sessions of a log ({@link
 * dev.steelyard.ranking.dla.LoggedSessions}) or of simulated users ({@link
 * dev.steelyard.ranking.dla.SimulatedSessions}); {@link dev.steelyard.ranking.dla.RankerFile} is what stays on disk.
 *
 * <p>Qingyao Ai, Keping Bi, Cheng Luo, Jiafeng Guo, W. Bruce Croft: Unbiased Learning to Rank with Unbiased Propensity
 * Estimation. SIGIR 2018, arXiv 1804.05938.
 */
package dev.steelyard.ranking.dla;
