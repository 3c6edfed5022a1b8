/**
 * The ratings that others are measured against. They know of pairs only: a ballot of K items is taken as its pairs, with
 * a tie as half a win. Begin with {@link dev.steelyard.ranking.pairwise.Elo},
 * {@link dev.steelyard.ranking.pairwise.BradleyTerry} (what public arenas print, with bootstrap intervals) or
 * {@link dev.steelyard.ranking.pairwise.Glicko2}.
 */
package dev.steelyard.ranking.pairwise;
