package dev.steelyard.cli;

import picocli.CommandLine.Option;

/** {@code --seed}. */
final class SeedOption {

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Root of all random numbers (default: 0).")
    private long seed;

    long seed() {
        return seed;
    }
}
