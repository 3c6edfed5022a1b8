package dev.steelyard.cli;

import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.Document;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The shape of a fresh model and its tokenizer: of sizes, or as files say. */
final class ShapeOptions {

    private static final int FEWEST_POSITIONS = 512;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "A tokenizer.json, or a folder that holds one. Default: byte pairs are learnt from the text.")
    private Optional<Path> tokenizer = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A config.json that says the model's shape, in place of width, layers, heads and vocabulary.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Tokens at most, at least 257 (default: 4096).")
    private int vocabulary;

    @Option(names = "--width", paramLabel = "N", defaultValue = "256", description = "Hidden size (default: 256).")
    private int width;

    @Option(names = "--layers", paramLabel = "N", defaultValue = "4", description = "Blocks (default: 4).")
    private int layers;

    @Option(
            names = "--heads",
            paramLabel = "N",
            defaultValue = "4",
            description = "Attention heads; a divisor of the width (default: 4).")
    private int heads;

    /** The tokenizer of the file that was named, or one that is learnt from the text. */
    Tokenizer tokenizer(TextCorpus text) throws IOException {
        if (tokenizer.isPresent()) {
            return ModelLoader.tokenizer(tokenizer.get());
        }
        return BytePairTrainer.train(
                text.documents().stream().map(Document::text).toList(), bytePairs());
    }

    private BytePairOptions bytePairs() throws IOException {
        return BytePairOptions.of(config.isPresent() ? named(config.get()).vocabularySize() : vocabulary);
    }

    /**
     * The model.
     *
     * @param vocabularySize that the text really gave
     * @param named the tokenizer's token after a text
     * @param length tokens of a row
     * @throws IllegalArgumentException if nothing says which token ends a text
     */
    ModelConfig model(int vocabularySize, OptionalInt named, int length) throws IOException {
        if (config.isEmpty()) {
            return of(vocabularySize, length).withEndTokens(List.of(EndOfText.required(named)));
        }
        ModelConfig read = named(config.get());
        // The file's ids are those of its own tokenizer.
        return tokenizer.isPresent()
                ? read.withEndTokens(List.of(EndOfText.of(read, named)))
                : read.withBeginToken(OptionalInt.empty()).withEndTokens(List.of(EndOfText.required(named)));
    }

    private ModelConfig of(int vocabularySize, int length) {
        return ModelConfig.of(vocabularySize, width, layers, heads, Math.max(length, FEWEST_POSITIONS));
    }

    private static ModelConfig named(Path config) throws IOException {
        return ModelConfig.read(config);
    }

    /** Fails on sizes that no model has, and on options of which one would be without effect, before any work. */
    void validate(int length) throws IOException {
        if (config.isPresent()) {
            refuse("--config", "--width", "--layers", "--heads", "--vocabulary");
        }
        if (tokenizer.isPresent()) {
            refuse("--tokenizer", "--vocabulary");
        } else {
            bytePairs();
        }
        if (config.isEmpty()) {
            of(vocabulary, length);
        }
    }

    private void refuse(String file, String... sizes) {
        for (String size : sizes) {
            if (command.commandLine().getParseResult().hasMatchedOption(size)) {
                throw new IllegalArgumentException(size + " has no effect beside " + file + "; give one of the two");
            }
        }
    }
}
