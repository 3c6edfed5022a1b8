package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;

/**
 * {@code K(z) = sum_g w_g K_g(z_g)} over consecutive groups of a flat vector, with
 * {@code K*(u) = sum_g w_g K_g*(u_g / w_g)}. Groups that are whole parameters need none of this: they are parameter
 * groups with {@link Scaled} functions.
 *
 * @param parts the groups in order; their lengths add up to the vector's
 */
public record WeightedSum(List<Part> parts) implements ConvexFunction {

    /**
     * One group.
     *
     * @param length number of elements, at least 1
     * @param function weighted by {@link Scaled} where wanted
     */
    public record Part(long length, ConvexFunction function) {

        public Part {
            if (length < 1) {
                throw new IllegalArgumentException("a part's length must be at least 1, was " + length);
            }
            function.requireFits(length);
        }

        /** A group whose function counts {@code weight} times. */
        public static Part of(double weight, long length, ConvexFunction function) {
            return new Part(length, new Scaled(weight, function));
        }
    }

    public WeightedSum {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a weighted sum needs at least one part");
        }
    }

    @Override
    public void requireFits(long... shape) {
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        long lengths = parts.stream().mapToLong(Part::length).sum();
        if (lengths != count) {
            throw new IllegalArgumentException("the parts' lengths add up to " + lengths + ", but shape "
                    + Arrays.toString(shape) + " has " + count + " elements");
        }
    }

    private double[] numbers(Tensor z, ToDoubleBiFunction<ConvexFunction, Tensor> number) {
        requireFits(z.shape());
        double[] numbers = new double[parts.size()];
        try (Scope scope = Scope.open()) {
            Tensor flat = z.reshape(z.count());
            long start = 0;
            for (int i = 0; i < numbers.length; i++) {
                Part part = parts.get(i);
                numbers[i] = number.applyAsDouble(part.function(), flat.narrow(0, start, part.length()));
                start += part.length();
            }
        }
        return numbers;
    }

    private Tensor joined(Tensor z, BiFunction<ConvexFunction, Tensor, Tensor> operation) {
        requireFits(z.shape());
        Tensor flat = z.reshape(z.count());
        List<Tensor> results = new ArrayList<>();
        long start = 0;
        for (Part part : parts) {
            results.add(operation.apply(part.function(), flat.narrow(0, start, part.length())));
            start += part.length();
        }
        return Functions.concatenate(results, 0).reshape(z.shape());
    }

    @Override
    public double value(Tensor z) {
        return Arrays.stream(numbers(z, ConvexFunction::value)).sum();
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return joined(z, ConvexFunction::subgradient);
    }

    @Override
    public double conjugate(Tensor u) {
        return Arrays.stream(numbers(u, ConvexFunction::conjugate)).sum();
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return joined(u, ConvexFunction::conjugateSubgradient);
    }

    @Override
    public double domainExcess(Tensor u) {
        return Arrays.stream(numbers(u, ConvexFunction::domainExcess)).max().orElseThrow();
    }

    @Override
    public Tensor project(Tensor u) {
        return joined(u, ConvexFunction::project);
    }

    @Override
    public boolean even() {
        return parts.stream().allMatch(part -> part.function().even());
    }
}
