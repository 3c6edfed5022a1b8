package dev.steelyard.studio.storage;

/** A log that cannot be opened, written or read now. What was to be written is not known to be on disk. */
public final class StorageException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
