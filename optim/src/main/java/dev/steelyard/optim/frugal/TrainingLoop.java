package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Training as in the paper's pre-training: linear warm-up over a tenth of the steps, then a cosine down to a tenth of
 * the peak; no clipping, no decay.
 *
 * @param steps optimiser steps
 * @param evaluations how often the held-out loss is measured, the last time after the last step
 */
record TrainingLoop(int steps, int evaluations) {

    private static final double WARM_UP = 0.1;
    private static final double FINAL_FACTOR = 0.1;

    /** Inputs and targets, INT64 of shape (batch, length). */
    record Batch(Tensor inputs, Tensor targets) {}

    /**
     * Trains and records the curve {@code validation} and the metrics {@code loss} (held-out, nats a token) and
     * {@code stateNumbers} (mean over the evaluations).
     */
    void run(
            TrialContext context,
            Optimizer optimizer,
            BiFunction<Tensor, Tensor, Tensor> model,
            Supplier<Batch> batches,
            List<Batch> heldOut,
            StepListener listener)
            throws InterruptedException {
        double stateNumbers = 0;
        int measured = 0;
        double loss = Double.NaN;
        for (int step = 0; step < steps; step++) {
            context.progress(step, steps);
            try (Scope scope = Scope.open()) {
                Batch batch = batches.get();
                model.apply(batch.inputs(), batch.targets()).backward();
                listener.beforeStep(step);
                optimizer.learningRateFactor(factor(step));
                optimizer.step();
                optimizer.zeroGrad();
            }
            if ((step + 1) % Math.max(1, steps / evaluations) == 0 || step + 1 == steps) {
                loss = evaluate(model, heldOut);
                context.point("validation", step + 1, loss);
                stateNumbers += Contender.stateNumbers(optimizer);
                measured++;
            }
        }
        context.metric("loss", loss);
        context.metric("stateNumbers", stateNumbers / measured);
    }

    /** Called when the gradients are there and the weights have not moved. */
    @FunctionalInterface
    interface StepListener {
        void beforeStep(int step);
    }

    private double factor(int step) {
        double warmUp = Math.max(1, WARM_UP * steps);
        if (step < warmUp) {
            return (step + 1) / warmUp;
        }
        double done = (step - warmUp) / Math.max(1, steps - warmUp);
        return FINAL_FACTOR + (1 - FINAL_FACTOR) * (1 + Math.cos(Math.PI * done)) / 2;
    }

    private static double evaluate(BiFunction<Tensor, Tensor, Tensor> model, List<Batch> heldOut) {
        double sum = 0;
        long count = 0;
        try (NoGrad noGrad = NoGrad.open()) {
            for (Batch batch : heldOut) {
                try (Scope scope = Scope.open()) {
                    long tokens = batch.targets().count();
                    sum += model.apply(batch.inputs(), batch.targets()).item() * tokens;
                    count += tokens;
                }
            }
        }
        return sum / count;
    }
}
