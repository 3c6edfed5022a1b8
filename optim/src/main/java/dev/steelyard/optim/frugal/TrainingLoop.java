package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Training with a schedule; no clipping.
 *
 * @param steps optimiser steps
 * @param evaluations points of the curve of the held-out loss, the last one after the last step
 */
record TrainingLoop(int steps, int evaluations, Schedule schedule) {

    /** A curve is measured on each so many-th of the held-out batches. */
    private static final int CURVE_STRIDE = 5;

    /** Inputs and targets, INT64 with a row an example. */
    record Batch(Tensor inputs, Tensor targets) {}

    /** How the learning rate rises over a share of the steps, and falls after. */
    enum Schedule {
        /** The paper's pre-training: over a tenth, then a cosine down to a tenth of the peak. */
        COSINE(0.1),
        /** The paper's fine-tuning: over 0.06, then a line down to zero. */
        LINEAR(0.06);

        private final double warmUp;

        Schedule(double warmUp) {
            this.warmUp = warmUp;
        }

        /** The factor of the peak at a step, from 0. */
        double factor(int step, int steps) {
            double rising = Math.max(1, warmUp * steps);
            if (step < rising) {
                return Math.min(1, (step + 1) / rising);
            }
            double done = (step - rising) / Math.max(1, steps - rising);
            return switch (this) {
                case COSINE -> 0.1 + 0.9 * (1 + Math.cos(Math.PI * done)) / 2;
                case LINEAR -> 1 - done;
            };
        }
    }

    /**
     * Trains and records the curve {@code validation}, the loss on a part of what is held out, and the metric
     * {@code stateNumbers}, the mean over the points of the curve.
     */
    void run(
            TrialContext context,
            Optimizer optimizer,
            BiFunction<Tensor, Tensor, Tensor> model,
            Supplier<Batch> batches,
            List<Batch> heldOut,
            StepListener listener)
            throws InterruptedException {
        double[] stateNumbers = {0, 0};
        List<Batch> part = part(heldOut);
        steps(
                context::progress,
                optimizer,
                () -> {
                    Batch batch = batches.get();
                    return model.apply(batch.inputs(), batch.targets());
                },
                listener,
                step -> {
                    if ((step + 1) % Math.max(1, steps / evaluations) == 0 || step + 1 == steps) {
                        context.point("validation", step + 1, evaluate(model, part));
                        stateNumbers[0] += Contender.stateNumbers(optimizer);
                        stateNumbers[1]++;
                    }
                });
        context.metric("stateNumbers", stateNumbers[0] / stateNumbers[1]);
    }

    /** Only trains. */
    void steps(
            StepProgress progress,
            Optimizer optimizer,
            Supplier<Tensor> loss,
            StepListener beforeStep,
            StepListener afterStep)
            throws InterruptedException {
        for (int step = 0; step < steps; step++) {
            progress.update(step, steps);
            try (Scope scope = Scope.open()) {
                loss.get().backward();
                beforeStep.at(step);
                optimizer.learningRateFactor(schedule.factor(step, steps));
                optimizer.step();
                optimizer.zeroGrad();
            }
            afterStep.at(step);
        }
    }

    /** Told at every step, from 0; before it, the gradients are there and the weights have not moved. */
    @FunctionalInterface
    interface StepListener {
        void at(int step);
    }

    /** Told how far it is; may stop it. */
    @FunctionalInterface
    interface StepProgress {
        void update(long done, long total) throws InterruptedException;
    }

    /** From all over, since batches that follow one another may be of one kind. */
    private static List<Batch> part(List<Batch> heldOut) {
        List<Batch> part = new ArrayList<>();
        for (int i = 0; i < heldOut.size(); i += CURVE_STRIDE) {
            part.add(heldOut.get(i));
        }
        return part;
    }

    /** The mean loss of a target, in nats. */
    static double evaluate(BiFunction<Tensor, Tensor, Tensor> model, List<Batch> heldOut) {
        double sum = 0;
        long count = 0;
        try (NoGrad noGrad = NoGrad.open()) {
            for (Batch batch : heldOut) {
                try (Scope scope = Scope.open()) {
                    long targets = batch.targets().count();
                    sum += model.apply(batch.inputs(), batch.targets()).item() * targets;
                    count += targets;
                }
            }
        }
        return sum / count;
    }
}
