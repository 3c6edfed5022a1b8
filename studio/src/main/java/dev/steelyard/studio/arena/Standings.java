package dev.steelyard.studio.arena;

import dev.steelyard.ranking.Leaderboard;
import java.util.List;

/**
 * Where an arena stands.
 *
 * @param model name of the skill model
 * @param version grows with every change, so that a page can tell whether it is up to date
 * @param votes counted, imported ones too
 * @param voters people who voted here
 * @param open ballots that wait
 * @param board the order
 * @param history how it settled, by votes
 */
public record Standings(
        String model,
        long version,
        long votes,
        long voters,
        int open,
        Leaderboard board,
        List<ConvergencePoint> history) {

    public Standings {
        history = List.copyOf(history);
    }

    Standings withOpen(int ballots) {
        return new Standings(model, version, votes, voters, ballots, board, history);
    }
}
