package dev.steelyard.studio.decide;

/** A request for an experiment that was never created. */
final class UnknownExperimentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownExperimentException(String message) {
        super(message);
    }
}
