package dev.steelyard.language.text;

/** Text data cannot be read or used; the message names the file, the line and the remedy. */
public final class TextDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TextDataException(String message) {
        super(message);
    }

    public TextDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
