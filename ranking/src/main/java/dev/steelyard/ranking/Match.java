package dev.steelyard.ranking;

import java.util.List;

/**
 * Items that are to meet, with all that a later correction for how they were chosen needs.
 *
 * @param id number of the match, from 0
 * @param items the items in the order in which a voter is to see them, which does not tell who is the pivot
 * @param pivot the item for whose sake the match is made
 * @param candidates the items that could have met the pivot, with the bounds by which they were chosen
 * @param propensity the probability with which the matchmaker's own draws gave these items; 1 when nothing was drawn
 * @param displaySeed seed of the order of display
 */
public record Match(
        long id, List<String> items, String pivot, List<Candidate> candidates, double propensity, long displaySeed) {

    /**
     * An item that could have met the pivot.
     *
     * @param bound the larger, the sooner it is chosen; infinite when the two never met
     */
    public record Candidate(String item, double bound) {}

    public Match {
        items = List.copyOf(items);
        candidates = List.copyOf(candidates);
    }
}
