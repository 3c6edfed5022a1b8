package dev.steelyard.core.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Where a study runs: its scale, seeds and device, and the grid of trials on local threads. */
public final class Lab {

    private final LabOptions options;
    private final TrialStore store;
    private final Progress progress;
    private final Seeds seeds;
    private final Findings findings = new Findings();

    /**
     * Sets up a lab.
     *
     * @param study slug of the study, which names its seeds
     * @param store finished trials, of this run and of its interrupted beginning
     * @param progress where progress is told
     */
    public Lab(String study, LabOptions options, TrialStore store, Progress progress) {
        this.options = options;
        this.store = store;
        this.progress = progress;
        this.seeds = Seeds.root(options.seed()).child(study);
    }

    public Scale scale() {
        return options.scale();
    }

    /** {@code cpu} or {@code cuda}. */
    public String device() {
        return options.device();
    }

    /** How many repetitions to run: what the user asked for, or else the study's default. */
    public int repetitions(int quick, int standard, int full) {
        return options.repetitions().orElseGet(() -> scale().pick(quick, standard, full));
    }

    /** Seeds for what all trials share, such as a data set. */
    public Seeds seeds() {
        return seeds;
    }

    public Findings findings() {
        return findings;
    }

    /** For remarks while the study runs. */
    public Progress progress() {
        return progress;
    }

    /**
     * Runs a grid of trials, those that are not on disk yet, on {@link LabOptions#threads()} threads.
     *
     * @param grid the trials; their keys must differ
     * @param body the work of one trial
     * @return the results in the grid's order
     * @throws InterruptedException if the user stops the study; finished trials stay on disk
     * @throws TrialFailedException if a trial fails; the others that run are stopped
     */
    public TrialResults trials(List<Trial> grid, TrialBody body) throws InterruptedException {
        requireDistinct(grid);
        Map<String, TrialResult> finished = store.finished();
        List<Trial> open = grid.stream()
                .filter(trial -> !finished.containsKey(trial.key()))
                .toList();
        GridProgress gridProgress = new GridProgress(grid.size(), grid.size() - open.size(), progress);
        Map<String, TrialResult> fresh = runOpen(open, body, gridProgress);
        List<TrialResult> results = new ArrayList<>();
        for (Trial trial : grid) {
            TrialResult known = finished.get(trial.key());
            results.add(known != null ? known : fresh.get(trial.key()));
        }
        return new TrialResults(results);
    }

    private Map<String, TrialResult> runOpen(List<Trial> open, TrialBody body, GridProgress gridProgress)
            throws InterruptedException {
        Map<String, TrialResult> fresh = new java.util.HashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(
                options.threads(), Thread.ofPlatform().name("trial-", 1).factory());
        try {
            ExecutorCompletionService<TrialResult> running = new ExecutorCompletionService<>(threads);
            for (Trial trial : open) {
                running.submit(() -> runOne(trial, body, gridProgress));
            }
            for (int i = 0; i < open.size(); i++) {
                Future<TrialResult> next = running.take();
                TrialResult result = next.get();
                fresh.put(result.trial().key(), result);
            }
            return fresh;
        } catch (ExecutionException e) {
            throw asFailure(e.getCause());
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }

    private TrialResult runOne(Trial trial, TrialBody body, GridProgress gridProgress) throws Exception {
        long start = System.nanoTime();
        TrialContext context = new TrialContext(
                seeds.child("repetition", trial.seed()), fraction -> gridProgress.within(trial, fraction));
        try {
            body.run(trial, context);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new TrialFailedException(trial, e);
        }
        TrialResult result = context.result(trial, (System.nanoTime() - start) / 1e9);
        store.append(result);
        gridProgress.done(trial);
        return result;
    }

    private static RuntimeException asFailure(Throwable cause) throws InterruptedException {
        return switch (cause) {
            case InterruptedException stopped -> throw stopped;
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            default -> new IllegalStateException(cause);
        };
    }

    private static void requireDistinct(List<Trial> grid) {
        Set<String> keys = new HashSet<>();
        for (Trial trial : grid) {
            if (!keys.add(trial.key())) {
                throw new IllegalArgumentException("the grid holds trial " + trial.key() + " twice");
            }
        }
    }
}
