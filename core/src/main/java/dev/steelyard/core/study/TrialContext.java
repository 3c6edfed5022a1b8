package dev.steelyard.core.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** What a trial is given, and where it leaves what it measured. Used by the trial's own thread only. */
public final class TrialContext {

    private final Seeds seeds;
    private final DoubleConsumer progress;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, List<double[]>> curves = new LinkedHashMap<>();

    TrialContext(Seeds seeds, DoubleConsumer progress) {
        this.seeds = seeds;
        this.progress = progress;
    }

    /**
     * The seeds of this repetition. They depend on the study's root seed and on {@link Trial#seed()} only, so that
     * trials of different methods with the same seed see the same data and are paired.
     */
    public Seeds seeds() {
        return seeds;
    }

    /** Records a measured number under a name. */
    public void metric(String name, double value) {
        metrics.put(name, value);
    }

    /** Adds a point to a curve. */
    public void point(String curve, double x, double y) {
        curves.computeIfAbsent(curve, name -> new ArrayList<>()).add(new double[] {x, y});
    }

    /**
     * Tells how far the trial is, and stops it when the user asked for that. Call it every step.
     *
     * @param done steps done
     * @param total steps in all
     * @throws InterruptedException if the study is being stopped
     */
    public void progress(long done, long total) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the trial was stopped at step " + done + " of " + total);
        }
        progress.accept((double) done / total);
    }

    TrialResult result(Trial trial, double seconds) {
        Map<String, Curve> finished = new LinkedHashMap<>();
        curves.forEach((name, points) -> finished.put(
                name,
                new Curve(
                        points.stream().mapToDouble(point -> point[0]).toArray(),
                        points.stream().mapToDouble(point -> point[1]).toArray())));
        return new TrialResult(trial, metrics, finished, seconds);
    }
}
