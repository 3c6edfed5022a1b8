package dev.steelyard.language.pretrain;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How a model is pre-trained.
 *
 * @param steps optimiser steps
 * @param batch rows of a batch
 * @param length tokens of a row
 * @param accumulation batches whose gradients are averaged for one step; default 1
 * @param warmUp share of the steps over which the learning rate rises; default 0.1, as FRUGAL's paper
 * @param finalFactor of the peak at which the cosine ends; default 0.1, as FRUGAL's paper
 * @param clip largest norm of all gradients together; 0 for no clipping; default 1, as Llama's
 * @param evaluateEvery steps between two measurements on the held-out text
 * @param checkpointEvery steps between two checkpoints
 * @param seed of the order of the batches
 */
@RecordBuilder
public record PretrainOptions(
        int steps,
        int batch,
        int length,
        int accumulation,
        double warmUp,
        double finalFactor,
        double clip,
        int evaluateEvery,
        int checkpointEvery,
        long seed)
        implements PretrainOptionsBuilder.With {

    public PretrainOptions {
        requirePositive("steps", steps);
        requirePositive("batch", batch);
        requirePositive("length", length);
        requirePositive("accumulation", accumulation);
        requireShare("warmUp", warmUp);
        requireShare("finalFactor", finalFactor);
        if (!(clip >= 0) || Double.isInfinite(clip)) {
            throw new IllegalArgumentException("clip must be finite and at least 0, was " + clip);
        }
        requirePositive("evaluateEvery", evaluateEvery);
        requirePositive("checkpointEvery", checkpointEvery);
    }

    /** A thousand steps of 16 rows of 128 tokens. */
    public static PretrainOptions defaults() {
        return new PretrainOptions(1000, 16, 128, 1, 0.1, 0.1, 1, 100, 200, 0);
    }

    /** The schedule's factor of the learning rate at a step, counted from 0: linear warm-up, then cosine. */
    double learningRateFactor(int step) {
        double rising = Math.max(1, warmUp * steps);
        if (step < rising) {
            return Math.min(1, (step + 1) / rising);
        }
        double done = (step - rising) / Math.max(1, steps - rising);
        return finalFactor + (1 - finalFactor) * (1 + Math.cos(Math.PI * done)) / 2;
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, was " + value);
        }
    }

    private static void requireShare(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " must be between 0 and 1, was " + value);
        }
    }
}
