package dev.steelyard.studio.arena;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers outputs as they are read, and finds what is missing. */
final class CatalogueBuilder {

    private final Path source;
    private final Map<String, Map<String, Output>> outputs = new LinkedHashMap<>();
    private final Map<String, Prompt> prompts = new LinkedHashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    CatalogueBuilder(Path source) {
        this.source = source;
    }

    /**
     * Adds an output.
     *
     * @param place where it was read, for errors
     */
    void add(String item, Prompt prompt, Output output, String place) {
        if (item.isBlank()) {
            throw new IllegalArgumentException(place + ": the item has no name");
        }
        prompts.putIfAbsent(prompt.id(), prompt);
        Output before = outputs.computeIfAbsent(item, key -> new HashMap<>()).put(prompt.id(), output);
        if (before != null) {
            throw new IllegalArgumentException(place + ": '" + item + "' has two outputs for '" + prompt.id()
                    + "'; keep one, or name the items apart");
        }
    }

    /** Says what to show for a prompt. */
    void describe(String prompt, String text) {
        texts.put(prompt, text);
    }

    Catalogue build(boolean skipIncomplete) {
        if (outputs.size() < 2) {
            throw new IllegalArgumentException(source + " has outputs of " + outputs.size()
                    + (outputs.size() == 1 ? " item" : " items")
                    + ", and an arena needs at least 2; make a folder an item, or a row an output");
        }
        List<Prompt> complete = new ArrayList<>();
        for (Prompt prompt : prompts.values()) {
            List<String> lacking = outputs.keySet().stream()
                    .filter(item -> !outputs.get(item).containsKey(prompt.id()))
                    .toList();
            if (lacking.isEmpty()) {
                complete.add(new Prompt(prompt.id(), texts.getOrDefault(prompt.id(), prompt.text())));
            } else if (!skipIncomplete) {
                throw new IllegalArgumentException(source + " has no output of '" + lacking.getFirst() + "' for '"
                        + prompt.id() + "'" + (lacking.size() > 1 ? " (and of " + (lacking.size() - 1) + " more)" : "")
                        + "; add it, or leave such prompts out by --skip-incomplete");
            }
        }
        if (complete.isEmpty()) {
            throw new IllegalArgumentException(source + " has no prompt for which all " + outputs.size()
                    + " items have an output; name the files of a prompt alike in all items' folders");
        }
        return Catalogue.of(List.copyOf(outputs.keySet()), complete, outputs);
    }
}
