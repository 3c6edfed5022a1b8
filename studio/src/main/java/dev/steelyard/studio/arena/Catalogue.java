package dev.steelyard.studio.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of an arena and their outputs: every item has one for every prompt.
 *
 * <pre>{@code
 * Catalogue catalogue = Catalogue.read(Path.of("outputs"), false);   // outputs/<item>/<prompt>.png
 * catalogue.output("opus", "fox").kind();
 * }</pre>
 */
public final class Catalogue {

    private final List<String> items;
    private final List<Prompt> prompts;
    private final Map<String, Map<String, Output>> outputs;

    private Catalogue(List<String> items, List<Prompt> prompts, Map<String, Map<String, Output>> outputs) {
        this.items = items;
        this.prompts = prompts;
        this.outputs = outputs;
    }

    /**
     * Reads a folder or a table.
     *
     * <ul>
     *   <li>A folder of folders: {@code <item>/<prompt>.<ending>}; the endings tell what is text, image, audio or video. A
     *       file {@code prompts.csv} with the columns {@code prompt} and {@code text} says what to show above them.
     *   <li>A folder of files: every file is an item, and all meet each other.
     *   <li>A CSV table with the columns {@code model} (or {@code item}), {@code prompt}, and {@code text} or
     *       {@code file}; files are sought beside the table.
     * </ul>
     *
     * @param skipIncomplete whether prompts for which an item lacks an output are left out; otherwise they are an error
     * @throws IllegalArgumentException naming the file, the pair or the row that is wrong, and the remedy
     * @throws IOException if something cannot be read
     */
    public static Catalogue read(Path source, boolean skipIncomplete) throws IOException {
        if (!Files.exists(source)) {
            throw new IllegalArgumentException(
                    "there is no " + source + "; name a folder of outputs or a CSV of model, prompt, text or file");
        }
        CatalogueBuilder builder = new CatalogueBuilder(source);
        if (Files.isDirectory(source)) {
            new OutputFolder(source).read(builder);
        } else {
            new OutputTable(source).read(builder);
        }
        return builder.build(skipIncomplete);
    }

    static Catalogue of(List<String> items, List<Prompt> prompts, Map<String, Map<String, Output>> outputs) {
        return new Catalogue(List.copyOf(items), List.copyOf(prompts), new LinkedHashMap<>(outputs));
    }

    /** The items' names, in order. */
    public List<String> items() {
        return items;
    }

    /** The prompts, in order; at least one. */
    public List<Prompt> prompts() {
        return prompts;
    }

    /** Whether both are there. */
    boolean has(String item, String prompt) {
        return outputs.containsKey(item) && outputs.get(item).containsKey(prompt);
    }

    /** The prompt of an id; an id that is gone is shown without text. */
    Prompt prompt(String id) {
        return prompts.stream()
                .filter(prompt -> prompt.id().equals(id))
                .findFirst()
                .orElse(new Prompt(id, ""));
    }

    /**
     * What an item made of a prompt.
     *
     * @throws IllegalArgumentException if there is no such item or prompt
     */
    public Output output(String item, String prompt) {
        if (!has(item, prompt)) {
            throw new IllegalArgumentException("there is no output of '" + item + "' for '" + prompt + "'");
        }
        return outputs.get(item).get(prompt);
    }
}
