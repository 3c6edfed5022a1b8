package dev.steelyard.core.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: Java's messages of these exceptions are mere paths. */
final class Reason {

    private Reason() {}

    static String of(IOException failure) {
        String reason =
                switch (failure) {
                    case AccessDeniedException denied -> "no permission";
                    case NoSuchFileException missing -> "there is no such place";
                    case FileAlreadyExistsException taken -> "a file is in its place";
                    case NotDirectoryException file -> "it is no folder";
                    case FileSystemException other -> other.getReason();
                    default -> failure.getMessage();
                };
        String place = failure instanceof FileSystemException system && system.getFile() != null
                ? ": " + system.getFile()
                : "";
        return (reason == null ? failure.toString() : reason) + place;
    }
}
