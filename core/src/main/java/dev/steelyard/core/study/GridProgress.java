package dev.steelyard.core.study;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Adds the parts of the trials that run to the trials that are done, and tells how long the rest may take. */
final class GridProgress {

    /** Before so long, the start of the first trials says nothing of the pace. */
    private static final Duration TOO_EARLY = Duration.ofSeconds(5);

    private final int total;
    private final int before;
    private final Progress progress;
    private final LongSupplier nanoseconds;
    private final long start;
    private final Map<String, Double> running = new HashMap<>();
    private int done;

    /**
     * A grid that begins now.
     *
     * @param total its trials
     * @param before those that an interrupted run has done
     */
    GridProgress(int total, int before, Progress progress) {
        this(total, before, progress, System::nanoTime);
    }

    GridProgress(int total, int before, Progress progress, LongSupplier nanoseconds) {
        this.total = total;
        this.before = before;
        this.progress = progress;
        this.nanoseconds = nanoseconds;
        start = nanoseconds.getAsLong();
        done = before;
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
        progress.update((done + partial) / total, message + timeLeft(done + partial));
    }

    /** At the pace of this run so far; a study may have further grids, of which nothing is known here. */
    private String timeLeft(double finished) {
        Duration passed = Duration.ofNanos(nanoseconds.getAsLong() - start);
        double own = finished - before;
        if (passed.compareTo(TOO_EARLY) < 0 || own <= 0 || finished >= total) {
            return "";
        }
        double seconds = passed.toMillis() / 1e3 / own * (total - finished);
        return ", about " + words(seconds) + " left for these";
    }

    private static String words(double seconds) {
        double minutes = seconds / 60;
        if (minutes < 2) {
            return (long) Math.ceil(seconds) + " s";
        }
        return minutes < 120 ? Math.round(minutes) + " min" : Math.round(minutes / 60) + " h";
    }
}
