package dev.steelyard.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --open}: a run's page in the browser. */
final class ReportPage {

    private static final String NAME = "report.html";

    @Option(names = "--open", description = "Show the report in the browser.")
    private boolean open;

    static Path of(Path run) {
        return run.resolve(NAME);
    }

    void openIfAsked(Path run) {
        if (open) {
            Browser.open(of(run));
        }
    }
}
