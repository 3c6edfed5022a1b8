package dev.steelyard.language.model;

import static dev.steelyard.torch.Functions.concatenate;

import dev.steelyard.torch.Tensor;
import java.util.List;

/**
 * Rotary position embedding (Su et al. 2021, RoFormer) in Hugging Face's half-split convention: feature {@code i} is
 * turned together with feature {@code i + d/2}, by the angle {@code position * theta^(-2i/d)}.
 *
 * <p>With {@code sin} negated in its first half, {@code rotate(x) = x * cos + halvesSwapped(x) * sin}.
 */
final class RotaryEmbedding implements AutoCloseable {

    /** Positions tabled at first: models name up to 131,072, and few texts are that long. */
    private static final int FIRST_TABLE = 512;

    private final int dimension;
    private final double theta;
    private final RopeScaling scaling;
    private final int maxPositions;
    private int tabled;
    private Tensor cosines;
    private Tensor sines;

    RotaryEmbedding(int dimension, double theta, RopeScaling scaling, int maxPositions) {
        this.dimension = dimension;
        this.theta = theta;
        this.scaling = scaling;
        this.maxPositions = maxPositions;
        table(Math.min(FIRST_TABLE, maxPositions));
    }

    /** Cosines and sines, each (length, 1, dimension). */
    record Angles(Tensor cosines, Tensor sines) {}

    /** Views of the tables, in the caller's scope. */
    synchronized Angles angles(long start, long length) {
        if (start + length > tabled) {
            close();
            table((int) Math.min(maxPositions, Math.max(2L * tabled, start + length)));
        }
        return new Angles(cosines.narrow(0, start, length), sines.narrow(0, start, length));
    }

    /** {@code x} (batch, length, heads, dimension), turned by its positions; in float32 where it is narrower. */
    Tensor rotate(Tensor x, Angles angles) {
        long half = dimension / 2;
        Tensor swapped = concatenate(List.of(x.narrow(-1, half, half), x.narrow(-1, 0, half)), -1);
        Tensor rotated = x.times(angles.cosines).plus(swapped.times(angles.sines));
        return rotated.dtype() == x.dtype() ? rotated : rotated.to(x.dtype());
    }

    private void table(int positions) {
        float[] cosine = new float[positions * dimension];
        float[] sine = new float[positions * dimension];
        int half = dimension / 2;
        for (int position = 0; position < positions; position++) {
            for (int i = 0; i < half; i++) {
                double angle = position * scaling.scaled(Math.pow(theta, -2.0 * i / dimension));
                int at = position * dimension + i;
                cosine[at] = (float) Math.cos(angle);
                cosine[at + half] = cosine[at];
                sine[at] = (float) -Math.sin(angle);
                sine[at + half] = -sine[at];
            }
        }
        cosines = Tensor.of(cosine, positions, 1, dimension).keepForever();
        sines = Tensor.of(sine, positions, 1, dimension).keepForever();
        tabled = positions;
    }

    /** Frees the tables; views of them stay valid. */
    @Override
    public synchronized void close() {
        cosines.close();
        sines.close();
    }
}
