package dev.steelyard.online;

/** Feedback for a decision that was never made, or that had its feedback. */
public final class UnknownDecisionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnknownDecisionException(String message) {
        super(message);
    }
}
