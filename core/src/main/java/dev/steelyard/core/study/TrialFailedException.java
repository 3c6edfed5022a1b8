package dev.steelyard.core.study;

/** A trial ended with an error; the study stops, and its finished trials stay on disk. */
public final class TrialFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the trial; the cause says what went wrong. */
    public TrialFailedException(Trial trial, Throwable cause) {
        super("trial " + trial.key() + " failed: " + cause.getMessage(), cause);
    }
}
