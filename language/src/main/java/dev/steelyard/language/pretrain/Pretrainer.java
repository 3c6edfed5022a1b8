package dev.steelyard.language.pretrain;

import dev.steelyard.core.study.Progress;
import dev.steelyard.language.model.TrainableModel;
import dev.steelyard.language.text.Batches;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextDataException;
import dev.steelyard.torch.Gradients;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Trains a language model, or an adapter on one, on packed text, keeps checkpoints, and goes on exactly where a run stopped: the weights and the
 * metrics of a run that was killed at any moment and resumed are, bit for bit, those of one that was not.
 *
 * <p>{@code <out>/metrics.jsonl} gets a line a step (training loss in nats a token, gradient norm) and the held-out
 * loss where it was measured. The lines up to a checkpoint are on disk before the checkpoint is; resuming takes away
 * those after it.
 */
public final class Pretrainer {

    private static final int HELD_OUT_BATCHES = 16;

    private final PretrainOptions options;
    private final PackedTokens training;
    private final PackedTokens heldOut;
    private final Path out;
    private final Progress progress;

    /**
     * Prepares a run.
     *
     * @param out folder of the run: metrics, checkpoints
     * @throws TextDataException if the training or the held-out text does not fill one block
     */
    public Pretrainer(
            PretrainOptions options, PackedTokens training, PackedTokens heldOut, Path out, Progress progress) {
        this.options = options;
        this.training = training;
        this.heldOut = heldOut;
        this.out = out;
        this.progress = progress;
        requireBlock("training", training);
        requireBlock("held-out", heldOut);
    }

    /** Now, and not at the first evaluation, when much time has gone. */
    private void requireBlock(String side, PackedTokens tokens) {
        try {
            tokens.blocks(options.length());
        } catch (TextDataException e) {
            throw new TextDataException("the " + side + " part: " + e.getMessage(), e);
        }
    }

    /** What came of it: held-out loss in nats a token after the last step. */
    public record Outcome(double heldOutLoss, int steps) {}

    /** The folder of the newest checkpoint, from which the model is to be loaded when a run is resumed. */
    public static Optional<Path> latestCheckpoint(Path out) {
        return new Checkpoints(out).latest();
    }

    /**
     * Trains from the first step. Metrics of a former attempt that left no checkpoint are replaced.
     *
     * @throws IllegalArgumentException if the folder holds checkpoints of another run
     * @throws UncheckedIOException if metrics or a checkpoint cannot be written; earlier checkpoints are untouched
     * @throws NonFiniteLossException if the loss, its gradient or a weight becomes NaN or infinite
     * @throws InterruptedException if the user stops it; a checkpoint of the last whole step is kept
     */
    public Outcome train(TrainableModel model, Optimizer optimizer) throws InterruptedException {
        latestCheckpoint(out).ifPresent(checkpoint -> {
            throw new IllegalArgumentException(
                    "there is a checkpoint already, " + checkpoint + "; resume it, or name another folder");
        });
        return run(model, optimizer, 0, new Batches(training, options.batch(), options.length(), options.seed()));
    }

    /**
     * Goes on from a checkpoint.
     *
     * @param model loaded from that checkpoint
     * @throws IllegalArgumentException if the options or the text differ from those of the run; the message names them
     */
    public Outcome resume(Path checkpoint, TrainableModel model, Optimizer optimizer) throws InterruptedException {
        Checkpoints checkpoints = new Checkpoints(out);
        Checkpoints.Stand stand = checkpoints.stand(checkpoint);
        if (!stand.options().equals(options)) {
            throw new IllegalArgumentException("the run in " + out + " was started with " + stand.options()
                    + ", not with " + options + "; give the same options, or another --out");
        }
        if (!stand.corpus().equals(training.fingerprint())) {
            throw new IllegalArgumentException("the text or its tokenizer differs from that of the run in " + out
                    + "; give the same files, or another --out");
        }
        optimizer.load(checkpoints.optimizer(checkpoint));
        Batches batches = new Batches(training, options.batch(), options.length(), options.seed());
        batches.position(stand.batches());
        return run(model, optimizer, stand.step(), batches);
    }

    private Outcome run(TrainableModel model, Optimizer optimizer, int firstStep, Batches batches)
            throws InterruptedException {
        MetricsFile metrics = MetricsFile.openAt(out, firstStep, progress);
        IntConsumer checkpoint = done -> save(
                model,
                optimizer,
                metrics,
                new Checkpoints.Stand(done, batches.position(), training.fingerprint(), options));
        int saved = firstStep;
        double heldOutLoss = firstStep == options.steps() ? evaluate(model, firstStep) : Double.NaN;
        for (int done = firstStep; done < options.steps(); ) {
            stopIfAsked(done, saved, checkpoint);
            StepResult result = step(model, optimizer, batches, done);
            done++;
            boolean last = done == options.steps();
            boolean measured = last || done % options.evaluateEvery() == 0;
            if (measured) {
                heldOutLoss = evaluate(model, done);
            }
            metrics.append(done, result.loss(), result.gradientNorm(), measured ? heldOutLoss : Double.NaN);
            if (last || done % options.checkpointEvery() == 0) {
                checkpoint.accept(done);
                saved = done;
            }
            progress.update((double) done / options.steps(), message(done, result.loss(), heldOutLoss));
        }
        stopIfAsked(options.steps(), saved, checkpoint);
        return new Outcome(heldOutLoss, options.steps());
    }

    private static String message(int step, double loss, double heldOutLoss) {
        String measured = Double.isNaN(heldOutLoss) ? "" : String.format(Locale.ROOT, ", held-out %.3f", heldOutLoss);
        return String.format(Locale.ROOT, "step %d, loss %.3f", step, loss) + measured;
    }

    private static void stopIfAsked(int done, int saved, IntConsumer checkpoint) throws InterruptedException {
        if (Thread.interrupted()) {
            if (done > saved) {
                checkpoint.accept(done);
            }
            throw new InterruptedException("stopped after step " + done);
        }
    }

    private void save(TrainableModel model, Optimizer optimizer, MetricsFile metrics, Checkpoints.Stand stand) {
        model.parameters().forEach((name, tensor) -> {
            if (!tensor.isFinite()) {
                throw NonFiniteLossException.ofWeight(name, stand.step(), stand.batches() - 1);
            }
        });
        Checkpoints checkpoints = new Checkpoints(out);
        boolean stopping = Thread.interrupted();
        try {
            while (true) {
                try {
                    metrics.force();
                    checkpoints.save(model, optimizer, stand);
                    return;
                } catch (ClosedByInterruptException e) {
                    // Ctrl-C came while writing: what it asks for is this very checkpoint, so write it again.
                    stopping |= Thread.interrupted();
                }
            }
        } catch (IOException e) {
            String remedy = checkpoints.latest().isPresent()
                    ? "); the previous one is untouched: make room and use --resume"
                    : "), the run's first: make room and start again";
            throw new UncheckedIOException(
                    "cannot write checkpoint " + checkpoints.place(stand.step()) + " (" + e.getMessage() + remedy, e);
        } finally {
            if (stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record StepResult(double loss, double gradientNorm) {}

    private StepResult step(TrainableModel model, Optimizer optimizer, Batches batches, int step) {
        double loss = 0;
        for (int part = 0; part < options.accumulation(); part++) {
            try (Scope scope = Scope.open()) {
                PackedTokens.Batch batch = batches.next();
                model.beginBatch(batch.number());
                Tensor partLoss = model.loss(batch.inputs(), batch.targets());
                double value = partLoss.item();
                if (!Double.isFinite(value)) {
                    optimizer.zeroGrad();
                    throw new NonFiniteLossException(value, step + 1, batch.number());
                }
                loss += value / options.accumulation();
                partLoss.times(1.0 / options.accumulation()).backward();
            }
        }
        double limit = options.clip() == 0 ? Double.POSITIVE_INFINITY : options.clip();
        double norm = Gradients.clip(model.parameters().values(), limit);
        if (!Double.isFinite(norm)) {
            optimizer.zeroGrad();
            throw NonFiniteLossException.ofGradient(norm, step + 1, batches.position() - 1);
        }
        optimizer.learningRateFactor(options.learningRateFactor(step));
        optimizer.step();
        optimizer.zeroGrad();
        return new StepResult(loss, norm);
    }

    private double evaluate(TrainableModel model, int step) {
        int rows = Math.min(options.batch(), heldOut.blocks(options.length()));
        Batches batches = new Batches(heldOut, rows, options.length(), 0);
        int count = Math.min(HELD_OUT_BATCHES, heldOut.blocks(options.length()) / rows);
        List<Double> losses = new ArrayList<>();
        model.beginEvaluation();
        try (NoGrad noGrad = NoGrad.open()) {
            for (int i = 0; i < count; i++) {
                try (Scope scope = Scope.open()) {
                    PackedTokens.Batch batch = batches.next();
                    losses.add(model.loss(batch.inputs(), batch.targets()).item());
                }
            }
        }
        double mean = losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        if (!Double.isFinite(mean)) {
            throw NonFiniteLossException.ofHeldOut(mean, step);
        }
        return mean;
    }
}
