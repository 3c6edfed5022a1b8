package dev.steelyard.cli;

import dev.steelyard.language.pretrain.PretrainOptions;
import picocli.CommandLine.Option;

/** How long and in what portions a model is trained; the defaults are those of {@link PretrainOptions}. */
final class ScheduleOptions {

    @Option(names = "--steps", paramLabel = "N", defaultValue = "1000", description = "Default: 1000.")
    private int steps;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "16", description = "Rows a batch (default: 16).")
    private int batch;

    @Option(names = "--length", paramLabel = "N", defaultValue = "128", description = "Tokens a row (default: 128).")
    private int length;

    @Option(
            names = "--accumulation",
            paramLabel = "N",
            defaultValue = "1",
            description = "Batches whose gradients make one step (default: 1).")
    private int accumulation;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "0.1",
            description = "Share of the steps over which the learning rate rises, 0 to 1 (default: 0.1).")
    private double warmUp;

    @Option(
            names = "--final-factor",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "Share of its peak at which the learning rate ends, 0 to 1 (default: 0.1).")
    private double finalFactor;

    @Option(
            names = "--clip",
            paramLabel = "C",
            defaultValue = "1",
            description = "Largest norm of the gradient; 0: any (default: 1).")
    private double clip;

    @Option(names = "--checkpoint-every", paramLabel = "N", defaultValue = "200", description = "Steps (default: 200).")
    private int checkpointEvery;

    @Option(names = "--evaluate-every", paramLabel = "N", defaultValue = "100", description = "Steps (default: 100).")
    private int evaluateEvery;

    PretrainOptions with(long seed) {
        return new PretrainOptions(
                steps, batch, length, accumulation, warmUp, finalFactor, clip, evaluateEvery, checkpointEvery, seed);
    }
}
