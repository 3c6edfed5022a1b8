package dev.steelyard.cli;

import dev.steelyard.core.study.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on a terminal; elsewhere a line every tenth of the way, and one after 15 seconds, 30, 60 and so on without
 * any. Writes to standard error.
 */
final class ConsoleProgress implements Progress, AutoCloseable {

    private static final int PARTS = 1000;

    private final PrintStream err;
    private final ProgressBar bar;
    private int lastTenth = -1;
    private Instant lastLine = Instant.now();
    private Duration patience = Duration.ofSeconds(15);

    private ConsoleProgress(PrintStream err, ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    /** Progress of a task of this name. */
    static ConsoleProgress of(String task) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        ProgressBar bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(PARTS)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .hideEta()
                        .setUpdateIntervalMillis(200)
                        .build()
                : null;
        return new ConsoleProgress(System.err, bar);
    }

    @Override
    public synchronized void update(double fraction, String message) {
        if (bar != null) {
            bar.stepTo(Math.round(fraction * PARTS));
            bar.setExtraMessage(" " + message);
            return;
        }
        int tenth = (int) Math.floor(fraction * 10);
        Instant now = Instant.now();
        if (tenth > lastTenth) {
            lastTenth = tenth;
            line(now, tenth * 10, message);
        } else if (now.isAfter(lastLine.plus(patience))) {
            patience = patience.multipliedBy(2);
            line(now, (int) (fraction * 100), message);
        } else if (fraction < 0.05 && lastTenth > 0) {
            lastTenth = 0;
        }
    }

    private void line(Instant now, int percent, String message) {
        lastLine = now;
        err.printf("%3d %%  %s%n", percent, message);
    }

    @Override
    public synchronized void say(String line) {
        err.println(line);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
