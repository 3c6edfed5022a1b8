package dev.steelyard.cli;

import dev.steelyard.core.report.Report;
import dev.steelyard.core.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private ReportPage page;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws Exception {
        RunFolder folder = RunFolder.open(run);
        Report report = folder.readReport();
        folder.write(report);
        if (output.isJson()) {
            output.writer().println(report.toJson());
        } else {
            output.writer().println(ConsoleReport.of(report));
            output.writer().println("Report: " + ReportPage.of(folder.path()));
        }
        output.writer().flush();
        page.openIfAsked(folder.path());
        return 0;
    }
}
