package dev.steelyard.benchmarks.optim;

import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Tensor;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Values that the benchmarks go through. */
final class Streams {

    private Streams() {}

    /** Normal numbers, float32. */
    static Tensor of(int count) {
        RandomGenerator random = new SplittableRandom(1);
        return Functions.normal(random, 0, 1, count);
    }
}
