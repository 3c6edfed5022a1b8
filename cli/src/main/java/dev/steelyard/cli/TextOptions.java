package dev.steelyard.cli;

import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.text.TextFileOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The text to learn from. */
final class TextOptions {

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Plain text, or JSON lines (.jsonl).")
    private List<Path> files = List.of();

    @Option(names = "--wordnet", description = "Train on WordNet's glosses, which come with Steelyard.")
    private boolean wordnet;

    @Option(
            names = "--json-field",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "Field of a JSON line that holds the text (default: text).")
    private String jsonField;

    @Option(
            names = "--held-out",
            paramLabel = "S",
            defaultValue = "0.02",
            description = "Share of the documents that is only measured on, above 0 and below 1 (default: 0.02).")
    private double heldOut;

    /** Fails on values that no text takes, before any work. */
    void validate() {
        if (files.isEmpty() != wordnet) {
            throw new IllegalArgumentException("give text files or --wordnet, one of the two");
        }
        if (!(heldOut > 0 && heldOut < 1)) {
            throw new IllegalArgumentException("--held-out must be above 0 and below 1, was " + heldOut);
        }
    }

    TextCorpus.Split read() {
        TextCorpus corpus = wordnet
                ? TextCorpus.wordnet()
                : TextCorpus.files(files, TextFileOptions.DEFAULTS.withJsonField(jsonField));
        return corpus.split(heldOut);
    }
}
