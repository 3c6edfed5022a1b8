package dev.steelyard.studio.arena;

/** A vote that is not taken, such as one on a ballot that was used; nothing is changed. */
public final class BallotRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Why a vote is not taken. */
    public enum Reason {
        /** There never was such a ballot. */
        UNKNOWN,
        /** It is another voter's, or the voter was barred. */
        NOT_YOURS,
        /** It was voted on or skipped. */
        USED,
        /** It waited too long, or an item on it was retired. */
        EXPIRED,
        /** The ranks do not fit the ballot. */
        INVALID
    }

    private final Reason reason;

    BallotRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
