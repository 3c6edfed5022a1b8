package dev.steelyard.studio.decide;

/** A request that contradicts what was acknowledged before. */
final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message);
    }
}
