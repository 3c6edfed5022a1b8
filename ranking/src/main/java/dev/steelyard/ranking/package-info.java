/**
 * Votes, clicks and panels into rankings. Each paper has a package: {@code krank} rates models from K-wise votes,
 * {@code dla} learns a ranker from clicks without the bias of position, {@code fairsubset} selects a committee from the
 * rankings of a panel.
 *
 * <p>For votes, begin with {@link dev.steelyard.ranking.SkillModel}, which learns from a
 * {@link dev.steelyard.ranking.Ballot}, and {@link dev.steelyard.ranking.Matchmaker}, which chooses who meets next. The
 * ratings that others are measured against (Elo, Bradley-Terry, Glicko-2) are in {@code pairwise}; {@code votes} reads
 * files of ballots.
 */
package dev.steelyard.ranking;
