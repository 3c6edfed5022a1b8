package dev.steelyard.studio.arena;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an item made of a prompt: a text, or a file that a browser shows.
 *
 * @param kind how it is shown
 * @param text the text; empty for the other kinds
 * @param file the file; empty for texts
 */
public record Output(Kind kind, String text, Optional<Path> file) {

    /** How an output is shown. */
    public enum Kind {
        TEXT,
        IMAGE,
        AUDIO,
        VIDEO
    }

    private record Type(Kind kind, String media) {}

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("txt", new Type(Kind.TEXT, "text/plain")),
            Map.entry("md", new Type(Kind.TEXT, "text/plain")),
            Map.entry("png", new Type(Kind.IMAGE, "image/png")),
            Map.entry("jpg", new Type(Kind.IMAGE, "image/jpeg")),
            Map.entry("jpeg", new Type(Kind.IMAGE, "image/jpeg")),
            Map.entry("gif", new Type(Kind.IMAGE, "image/gif")),
            Map.entry("webp", new Type(Kind.IMAGE, "image/webp")),
            Map.entry("avif", new Type(Kind.IMAGE, "image/avif")),
            Map.entry("svg", new Type(Kind.IMAGE, "image/svg+xml")),
            Map.entry("mp3", new Type(Kind.AUDIO, "audio/mpeg")),
            Map.entry("wav", new Type(Kind.AUDIO, "audio/wav")),
            Map.entry("ogg", new Type(Kind.AUDIO, "audio/ogg")),
            Map.entry("opus", new Type(Kind.AUDIO, "audio/ogg")),
            Map.entry("flac", new Type(Kind.AUDIO, "audio/flac")),
            Map.entry("m4a", new Type(Kind.AUDIO, "audio/mp4")),
            Map.entry("mp4", new Type(Kind.VIDEO, "video/mp4")),
            Map.entry("webm", new Type(Kind.VIDEO, "video/webm")));

    /** An output that is a text. */
    static Output text(String text) {
        return new Output(Kind.TEXT, text, Optional.empty());
    }

    /**
     * An output in a file; its ending tells the kind.
     *
     * @throws IllegalArgumentException if the ending is of no kind that can be shown
     */
    static Output of(Path file) {
        return new Output(type(file).kind(), "", Optional.of(file));
    }

    /** The type of a file's content, as HTTP names it. */
    static String mediaType(Path file) {
        return type(file).media();
    }

    private static Type type(Path file) {
        String name = file.getFileName().toString();
        Type type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null) {
            throw new IllegalArgumentException(
                    file + " cannot be shown; the endings are " + String.join(", ", new TreeSet<>(TYPES.keySet())));
        }
        return type;
    }
}
