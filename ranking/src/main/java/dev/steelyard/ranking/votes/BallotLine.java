package dev.steelyard.ranking.votes;

/** A form in which a line is a ballot. */
interface BallotLine {

    /**
     * Reads a line.
     *
     * @param name the ballot's name where the line gives none
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    RecordedVote read(String line, String name);

    /** Whether the file's first line is no ballot. */
    default boolean isHeader(String first) {
        return false;
    }

    /** Whether a line opens what the next one goes on with; or, where something is open, closes it. */
    default boolean leavesOpen(String line) {
        return false;
    }

    default boolean isComment(String line) {
        return false;
    }
}
