package dev.steelyard.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The jobs around rankers that learn from clicks. */
@Command(
        name = "ultr",
        description = "Unbiased learning to rank: rankers learnt from clicks, without the bias of where results stood.",
        subcommands = {UltrTrainCommand.class, UltrPropensityCommand.class, UltrEvaluateCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard ultr train --train set.svm --clicks log.jsonl --out ranker.json",
            "  steelyard ultr propensity ranker.json",
            "  steelyard ultr evaluate ranker.json --test test.svm"
        })
final class UltrCommand implements Runnable {

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
