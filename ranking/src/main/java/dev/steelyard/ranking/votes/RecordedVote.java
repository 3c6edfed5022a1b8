package dev.steelyard.ranking.votes;

import dev.steelyard.ranking.Ballot;

/**
 * A ballot with what a file tells of how it came about.
 *
 * @param propensity probability with which the match was made, in (0, 1]; NaN where the file does not tell
 */
public record RecordedVote(Ballot ballot, double propensity) {

    public RecordedVote {
        if (!Double.isNaN(propensity) && !(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity must be in (0, 1], not " + propensity);
        }
    }

    /**
     * What the vote counts where matches are to count as if all had been equally likely.
     *
     * @throws IllegalArgumentException if the file does not tell the propensity
     */
    public double inversePropensity() {
        if (Double.isNaN(propensity)) {
            throw new IllegalArgumentException("match '" + ballot.id()
                    + "' has no propensity; rank without it, or export the votes of an arena, which tells it");
        }
        return 1 / propensity;
    }

    static double propensity(String text) {
        if (text.isBlank()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the propensity '" + text + "' is no number in (0, 1]", e);
        }
    }
}
