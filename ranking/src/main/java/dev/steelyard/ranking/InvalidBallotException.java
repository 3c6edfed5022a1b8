package dev.steelyard.ranking;

/** A ballot that says something impossible; the message names the match, what is wrong and what is allowed. */
public final class InvalidBallotException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a ballot. */
    public enum Reason {
        DUPLICATE_ITEM,
        TOO_FEW_ITEMS,
        RANKS_LENGTH,
        INVALID_RANK,
        UNKNOWN_ITEM,
        RETIRED_ITEM,
        INVALID_NOISE
    }

    private final String ballot;
    private final Reason reason;

    /**
     * Says what is wrong.
     *
     * @param ballot name of the match
     * @param detail what was found, and what is allowed
     */
    public InvalidBallotException(String ballot, Reason reason, String detail) {
        super("match '" + ballot + "' cannot be counted: " + detail);
        this.ballot = ballot;
        this.reason = reason;
    }

    /** Name of the match. */
    public String ballot() {
        return ballot;
    }

    /** What is wrong, for programs. */
    public Reason reason() {
        return reason;
    }
}
