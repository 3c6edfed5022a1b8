package dev.steelyard.ranking.dla;

import dev.steelyard.core.study.Progress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongConsumer;

/** Trains a learner step by step, with checkpoints. */
public final class ClickTraining {

    /** How often progress is told. */
    private static final int UPDATES = 200;

    private final ClickLearner learner;
    private final Teaching teaching;
    private final Progress progress;

    /** @param progress is told how far it is */
    public ClickTraining(ClickLearner learner, Teaching teaching, Progress progress) {
        this.learner = learner;
        this.teaching = teaching;
        this.progress = progress;
    }

    /**
     * Runs the steps {@code first} to {@code steps - 1}.
     *
     * @param every steps between checkpoints
     * @param threads for large rankers; empty for the machine's cores. The result does not depend on it
     * @param checkpoint takes the number of steps done, at every checkpoint, at the end, and when the thread is interrupted
     * @throws InterruptedException if the thread was interrupted; the step under way was finished
     */
    public void run(long first, long steps, long every, Optional<Integer> threads, LongConsumer checkpoint)
            throws InterruptedException {
        if (threads.isPresent() && threads.get() < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads.get());
        }
        try (ForkJoinPool pool =
                new ForkJoinPool(threads.orElse(Runtime.getRuntime().availableProcessors()))) {
            for (long step = first; step < steps; step++) {
                long now = step;
                // Parallel streams inside a pool's task use that pool.
                pool.submit(() -> teaching.teach(learner, now)).join();
                long done = step + 1;
                boolean interrupted = Thread.interrupted();
                if (interrupted || done == steps || done % every == 0) {
                    checkpoint.accept(done);
                }
                if (interrupted) {
                    throw new InterruptedException("stopped after step " + done);
                }
                if (done == steps || done % Math.max(1, steps / UPDATES) == 0) {
                    progress.update(done / (double) steps, "step " + done + " of " + steps + loss());
                }
            }
        }
    }

    private String loss() {
        return learner instanceof DualLearner dual
                ? String.format(Locale.ROOT, ", losses %.4f and %.4f", dual.rankLoss(), dual.examinationLoss())
                : "";
    }
}
