package dev.steelyard.language.model;

/** A model's folder that cannot be used; the message names the file, the key or tensor, and the remedy. */
public final class InvalidModelException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
