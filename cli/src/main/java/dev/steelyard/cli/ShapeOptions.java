package dev.steelyard.cli;

import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.tokenizer.BytePairOptions;
import picocli.CommandLine.Option;

/** The size of a fresh model and of its vocabulary. */
final class ShapeOptions {

    private static final int FEWEST_POSITIONS = 512;

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

    BytePairOptions tokenizer() {
        return BytePairOptions.of(vocabulary);
    }

    /**
     * The model.
     *
     * @param vocabularySize that the text really gave
     * @param length tokens of a row
     */
    ModelConfig model(int vocabularySize, int length) {
        return ModelConfig.of(vocabularySize, width, layers, heads, Math.max(length, FEWEST_POSITIONS));
    }

    /** Fails on sizes that no model has, before any work. */
    void validate(int length) {
        model(tokenizer().vocabularySize(), length);
    }
}
