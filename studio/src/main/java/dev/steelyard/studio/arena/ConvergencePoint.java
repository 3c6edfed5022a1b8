package dev.steelyard.studio.arena;

import dev.steelyard.ranking.Leaderboard;

/**
 * How far the order was settled after so many votes.
 *
 * @param votes counted by then
 * @param convergence as {@link Leaderboard#convergence} tells it
 */
public record ConvergencePoint(long votes, Leaderboard.Convergence convergence) {}
