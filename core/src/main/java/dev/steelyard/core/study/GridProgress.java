package dev.steelyard.core.study;

import java.util.HashMap;
import java.util.Map;

/** Adds the parts of the trials that run to the trials that are done. */
final class GridProgress {

    private final int total;
    private final Progress progress;
    private final Map<String, Double> running = new HashMap<>();
    private int done;

    GridProgress(int total, int done, Progress progress) {
        this.total = total;
        this.done = done;
        this.progress = progress;
    }

    synchronized void within(Trial trial, double fraction) {
        running.put(trial.key(), fraction);
        report(trial);
    }

    synchronized void done(Trial trial) {
        running.remove(trial.key());
        done++;
        report(trial);
    }

    private void report(Trial trial) {
        double partial =
                running.values().stream().mapToDouble(Double::doubleValue).sum();
        String message = trial.part() + " " + done + "/" + total + " trials, now " + trial.method();
        progress.update((done + partial) / total, message);
    }
}
