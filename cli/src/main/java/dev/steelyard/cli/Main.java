package dev.steelyard.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. */
@Command(
        name = "steelyard",
        description = "Learning from feedback on the JVM: published methods, each with a study of its claims.",
        subcommands = {
            MethodsCommand.class,
            StudyCommand.class,
            ReportCommand.class,
            PretrainCommand.class,
            FinetuneCommand.class,
            GenerateCommand.class,
            SelectCommand.class,
            SmoothnessCommand.class,
            ArenaCommand.class,
            UltrCommand.class,
            DecideCommand.class,
            BanditCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something failed inside; --verbose shows where",
            "2:bad input or options; the message says what to mend",
            "3:doctor found something that will not work",
            "69:no JDK 25 was found",
            "70:the build failed",
            "130:stopped by Ctrl-C; studies and pre-training go on with --resume"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard methods                          what there is",
            "  steelyard study frugal --open              put a paper's claims to the test, look at the report",
            "  steelyard pretrain --wordnet --out model   train a small language model",
            "  steelyard finetune notes.txt --base model --out adapter --lora-rank 8",
            "  steelyard generate model \"a kind of\"       and let it speak",
            "  steelyard arena rank votes.csv             a leaderboard from a file of votes"
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        System.exit(code);
    }

    /** The command line, ready to execute; tests call it too. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new ErrorMessages())
                .setParameterExceptionHandler(new UsageErrors())
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
