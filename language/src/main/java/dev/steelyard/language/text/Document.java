package dev.steelyard.language.text;

/**
 * A piece of text that stands by itself.
 *
 * @param name where it came from, such as {@code data.noun:00001740} or {@code notes.txt:12}
 * @param text not blank
 */
public record Document(String name, String text) {

    public Document {
        if (text.isBlank()) {
            throw new IllegalArgumentException("document '" + name + "' is empty");
        }
    }
}
