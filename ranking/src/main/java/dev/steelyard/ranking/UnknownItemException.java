package dev.steelyard.ranking;

/** A question about an item that is not known. */
public final class UnknownItemException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnknownItemException(String message) {
        super(message);
    }
}
