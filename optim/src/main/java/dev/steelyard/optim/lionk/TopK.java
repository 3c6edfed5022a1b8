package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Tensor;
import java.util.Arrays;

/**
 * The sum of the k largest {@code |z|}. Decay bounds {@code max |x|} by {@code 1 / lambda} and {@code |x|_1} by
 * {@code k / lambda}. Of equal entries the first are taken.
 *
 * @param k how many, at least 1 and at most the number of elements
 */
public record TopK(int k) implements ConvexFunction {

    public TopK {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, was " + k);
        }
    }

    @Override
    public void requireFits(long... shape) {
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (k > count) {
            throw new IllegalArgumentException("k must be at most the number of elements, " + count + " of shape "
                    + Arrays.toString(shape) + ", was " + k);
        }
    }

    @Override
    public double value(Tensor z) {
        double[] values = z.toDoubles();
        return Arrays.stream(largest(z, values))
                .mapToDouble(i -> Math.abs(values[i]))
                .sum();
    }

    @Override
    public Tensor subgradient(Tensor z) {
        double[] values = z.toDoubles();
        double[] signs = new double[values.length];
        for (int i : largest(z, values)) {
            signs[i] = values[i] == 0 ? 0 : Math.signum(values[i]);
        }
        return Vectors.like(z, signs);
    }

    private int[] largest(Tensor z, double[] values) {
        requireFits(z.shape());
        double[] magnitudes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            magnitudes[i] = Double.isNaN(values[i]) ? -1 : Math.abs(values[i]);
        }
        double[] sorted = magnitudes.clone();
        Arrays.sort(sorted);
        double smallest = sorted[sorted.length - k];
        long above = Arrays.stream(sorted, sorted.length - k, sorted.length)
                .filter(magnitude -> magnitude > smallest)
                .count();
        int[] largest = new int[k];
        int taken = 0;
        long ties = k - above;
        for (int i = 0; taken < k; i++) {
            // Ties go to the lowest index.
            if (magnitudes[i] > smallest || magnitudes[i] == smallest && ties-- > 0) {
                largest[taken++] = i;
            }
        }
        return largest;
    }

    @Override
    public double conjugate(Tensor u) {
        return inDomain(u) ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.times(0);
    }

    @Override
    public double domainExcess(Tensor u) {
        return Math.max(Vectors.maxAbsolute(u) - 1, Vectors.sumAbsolute(u) / k - 1);
    }

    /** Clips, after all magnitudes were lowered by the amount that brings their sum to k; found by bisection. */
    @Override
    public Tensor project(Tensor u) {
        double low = 0;
        double high = Vectors.maxAbsolute(u);
        double[] values = u.toDoubles();
        if (clippedSum(values, 0) > k) {
            for (int i = 0; i < 100; i++) {
                double middle = (low + high) / 2;
                if (clippedSum(values, middle) > k) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
        } else {
            high = 0;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.copySign(clipped(values[i], high), values[i]);
        }
        return Vectors.like(u, values);
    }

    private static double clippedSum(double[] values, double threshold) {
        return Arrays.stream(values).map(value -> clipped(value, threshold)).sum();
    }

    private static double clipped(double value, double threshold) {
        return Math.clamp(Math.abs(value) - threshold, 0, 1);
    }
}
