package dev.steelyard.ranking.votes;

import dev.steelyard.ranking.Ballot;

/** A form in which a line is a ballot. */
interface BallotLine {

    /**
     * Reads a line.
     *
     * @param name the ballot's name where the line gives none
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    Ballot read(String line, String name);

    /** Whether the file's first line is no ballot. */
    default boolean isHeader(String first) {
        return false;
    }

    default boolean isComment(String line) {
        return false;
    }
}
