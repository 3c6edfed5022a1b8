package dev.steelyard.studio.decide;

/** Feedback for a decision that was given up. */
final class ExpiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpiredException(String message) {
        super(message);
    }
}
