/**
 * Chooses k items from many rankings, fairly to groups that the rankings may wrong. Begin with {@link
 * dev.steelyard.ranking.fairsubset.CommitteeSelector}: it takes a {@link
 * dev.steelyard.ranking.fairsubset.RankingProfile}, a {@link dev.steelyard.ranking.fairsubset.ScoreFunction} and a {@link
 * dev.steelyard.ranking.fairsubset.SelectionConstraint}. {@link dev.steelyard.ranking.fairsubset.Smoothness} tells, for a
 * culture and a bias, which score function a quota can rescue and how many rankings that takes.
 *
 * <p>Niclas Boehmer, L. Elisa Celis, Lingxiao Huang, Anay Mehrotra, Nisheeth K. Vishnoi: Subset Selection Based On Multiple
 * Rankings in the Presence of Bias: Effectiveness of Fairness Constraints for Multiwinner Voting Score Functions. ICML
 * 2023, arXiv 2306.09835.
 */
package dev.steelyard.ranking.fairsubset;
