package dev.steelyard.language.tokenizer;

/** A tokenizer that cannot be used, or that does not fit the model; the message names the file and the remedy. */
public final class InvalidTokenizerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidTokenizerException(String message) {
        super(message);
    }

    public InvalidTokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
