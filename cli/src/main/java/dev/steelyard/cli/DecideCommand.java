package dev.steelyard.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Decisions that learn. */
@Command(
        name = "decide",
        description = "Decide among arms or for contexts, and learn from what comes of it.",
        subcommands = DecideServeCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard decide serve --data decide.db"})
final class DecideCommand implements Runnable {

    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        command.usage(command.getOut());
    }
}
