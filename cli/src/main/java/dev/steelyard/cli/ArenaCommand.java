package dev.steelyard.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The jobs around votes. */
@Command(
        name = "arena",
        description = "Rank outputs, models or players by the votes of people.",
        subcommands = {ArenaServeCommand.class, ArenaRankCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard arena serve --items outputs", "  steelyard arena rank votes.csv"})
final class ArenaCommand implements Runnable {

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
