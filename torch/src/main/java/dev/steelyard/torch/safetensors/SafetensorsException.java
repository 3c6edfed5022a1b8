package dev.steelyard.torch.safetensors;

import java.nio.file.Path;

/** A file breaks the format, or lacks what was asked of it; the message names file and tensor. */
public final class SafetensorsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, named as in the reference implementation. */
    public enum Reason {
        HEADER_TOO_SMALL,
        HEADER_TOO_LARGE,
        INVALID_HEADER_LENGTH,
        INVALID_HEADER,
        INVALID_OFFSET,
        TENSOR_INVALID_INFO,
        VALIDATION_OVERFLOW,
        MISALIGNED_SLICE,
        METADATA_INCOMPLETE_BUFFER,
        TENSOR_NOT_FOUND,
        UNSUPPORTED_TYPE
    }

    private final Reason reason;

    SafetensorsException(Reason reason, Path file, String message) {
        super(file + ": " + message);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
