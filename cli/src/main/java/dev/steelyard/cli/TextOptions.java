package dev.steelyard.cli;

import dev.steelyard.language.text.TextCorpus;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The text to learn from. */
final class TextOptions {

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Plain text, or JSON lines with a field 'text'.")
    private List<Path> files = List.of();

    @Option(names = "--wordnet", description = "Train on WordNet's glosses, which come with Steelyard.")
    private boolean wordnet;

    void validate() {
        if (files.isEmpty() != wordnet) {
            throw new IllegalArgumentException("give text files or --wordnet, one of the two");
        }
    }

    TextCorpus read() {
        return wordnet ? TextCorpus.wordnet() : TextCorpus.files(files);
    }
}
