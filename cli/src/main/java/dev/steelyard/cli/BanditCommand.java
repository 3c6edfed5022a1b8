package dev.steelyard.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What logs of plays tell before a bandit is let loose. */
@Command(
        name = "bandit",
        description = "What a log of plays or rewards tells before a bandit serves.",
        subcommands = {BanditExposureCommand.class, BanditStreamCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard bandit exposure plays.csv --memory 10",
            "  steelyard bandit stream rewards.csv --strategy loglog,single_memory"
        })
final class BanditCommand implements Runnable {

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
