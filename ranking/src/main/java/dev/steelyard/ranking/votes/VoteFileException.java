package dev.steelyard.ranking.votes;

import java.nio.file.Path;

/** A line of a vote file that is no ballot; the message begins with file and line. */
public final class VoteFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the place.
     *
     * @param line from 1
     */
    public VoteFileException(Path file, long line, String detail) {
        super(file + ":" + line + ": " + detail);
    }

    /** The same with what was thrown. */
    public VoteFileException(Path file, long line, RuntimeException cause) {
        super(file + ":" + line + ": " + cause.getMessage(), cause);
    }
}
