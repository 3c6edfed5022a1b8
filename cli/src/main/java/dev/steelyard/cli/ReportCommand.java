package dev.steelyard.cli;

import dev.steelyard.core.report.Report;
import dev.steelyard.core.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a finished run again. */
@Command(
        name = "report",
        description = "Show the report of a finished run, and write its pages anew.",
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard report runs/frugal/20260101-120000 --open"})
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "The run's folder.")
    private Path run;

    @Option(names = "--open", description = "Show the report in the browser.")
    private boolean open;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder folder = RunFolder.open(run);
        Report report = folder.readReport();
        folder.write(report);
        var out = spec.commandLine().getOut();
        out.println(json ? report.toJson() : ConsoleReport.of(report));
        if (!json) {
            out.println("Report: " + folder.path().resolve("report.html"));
        }
        out.flush();
        if (open) {
            Browser.open(folder.path().resolve("report.html"));
        }
        return 0;
    }
}
