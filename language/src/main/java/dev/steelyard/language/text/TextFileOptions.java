package dev.steelyard.language.text;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How files become documents.
 *
 * @param plainText where a document ends in a file that is no JSONL
 * @param jsonField the field of a JSONL line that holds the text
 */
@RecordBuilder
public record TextFileOptions(PlainText plainText, String jsonField) implements TextFileOptionsBuilder.With {

    /** Paragraphs, and the field {@code text}. */
    public static final TextFileOptions DEFAULTS = new TextFileOptions(PlainText.PARAGRAPHS, "text");

    public TextFileOptions {
        if (jsonField.isBlank()) {
            throw new IllegalArgumentException("jsonField must name a field, was blank");
        }
    }

    /** Where a document ends. */
    public enum PlainText {
        /** At every blank line. */
        PARAGRAPHS,
        /** At the end of the file. */
        WHOLE_FILES
    }
}
