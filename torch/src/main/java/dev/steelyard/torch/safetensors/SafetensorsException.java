package dev.steelyard.torch.safetensors;

import java.nio.file.Path;

/** A file or folder breaks the format, or lacks what was asked of it; the message names file and tensor. */
public final class SafetensorsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong: with a file, named as in the reference implementation; or with a folder. */
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
        UNSUPPORTED_TYPE,
        /** The index is no JSON object of the form that the format asks for. */
        INVALID_INDEX,
        /** The index names a shard outside its folder. */
        SHARD_OUTSIDE,
        /** A shard is not in the folder. */
        SHARD_MISSING,
        /** A tensor stands in two shards. */
        DUPLICATE_TENSOR,
        /** A folder has no weights in this format, or several that no index joins. */
        NO_WEIGHTS
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
