package dev.steelyard.core.state;

/** A saved state does not fit what is to be restored from it; the message names the owner, the value and the remedy. */
public final class StateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
