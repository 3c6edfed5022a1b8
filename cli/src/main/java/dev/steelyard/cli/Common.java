package dev.steelyard.cli;

import picocli.CommandLine.Option;

/** Options that every command takes. */
final class Common {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--verbose", description = "On an error, show where in the program it arose.")
    private boolean verbose;
}
