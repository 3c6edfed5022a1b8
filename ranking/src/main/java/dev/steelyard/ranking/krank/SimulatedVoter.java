package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.Ballot;
import java.util.List;

/** A voter of a simulation; its draws are its own. */
@FunctionalInterface
public interface SimulatedVoter {

    /**
     * Votes on some items.
     *
     * @param match name of the match
     */
    Ballot vote(String match, List<String> items);
}
