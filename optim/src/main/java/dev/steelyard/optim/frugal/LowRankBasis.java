package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Tensor;
import java.util.random.RandomGenerator;

/** Chooses orthonormal directions of a matrix's rows and columns. */
final class LowRankBasis {

    private LowRankBasis() {}

    /**
     * Directions for either side.
     *
     * @param left (rows, rank), orthonormal columns
     * @param right (rank, columns), orthonormal rows
     */
    record Sides(Tensor left, Tensor right) {}

    /**
     * The directions of a period.
     *
     * @param keepOnZero whether an all-zero gradient gives {@code null}, so that the previous basis stays; else the
     *     first unit vectors stand in
     */
    static Sides choose(Subspace.Basis basis, Tensor gradient, int rank, Seeds seeds, boolean keepOnZero) {
        long rows = gradient.size(0);
        long columns = gradient.size(1);
        return switch (basis) {
            case SINGULAR_VECTORS -> singular(gradient, rank, keepOnZero);
            case RANDOM ->
                new Sides(
                        orthonormal(seeds.generator("left"), rows, rank, gradient),
                        orthonormal(seeds.generator("right"), columns, rank, gradient)
                                .t()
                                .contiguous());
            case RANDOM_PERMUTATION ->
                new Sides(
                        units(Choices.withoutReplacement(seeds.generator("left"), rows, rank), rows, gradient)
                                .t()
                                .contiguous(),
                        units(Choices.withoutReplacement(seeds.generator("right"), columns, rank), columns, gradient));
        };
    }

    private static Sides singular(Tensor gradient, int rank, boolean keepOnZero) {
        if (gradient.abs().max().item() == 0) {
            long[] first = new long[rank];
            for (int i = 0; i < rank; i++) {
                first[i] = i;
            }
            return keepOnZero
                    ? null
                    : new Sides(
                            units(first, gradient.size(0), gradient).t().contiguous(),
                            units(first, gradient.size(1), gradient));
        }
        Functions.Svd svd = Functions.svd(gradient);
        Tensor right = withPositivePeaks(svd.vTransposed().narrow(0, 0, rank));
        Tensor left = withPositivePeaks(svd.u().narrow(1, 0, rank).t()).t().contiguous();
        return new Sides(left, right);
    }

    /** Signs of singular vectors are arbitrary: here the entry of largest magnitude of each row is positive. */
    private static Tensor withPositivePeaks(Tensor rows) {
        Tensor peak = rows.abs().argmax().unsqueeze(1);
        return rows.times(rows.gather(1, peak).sign()).contiguous();
    }

    private static Tensor orthonormal(RandomGenerator random, long length, int rank, Tensor like) {
        Tensor gaussian = Functions.normal(random, 0, 1, length, rank).to(like.dtype());
        return onDevice(Functions.orthonormalColumns(gaussian), like);
    }

    /** Rows that are unit vectors. */
    private static Tensor units(long[] places, long length, Tensor like) {
        double[] values = new double[Math.toIntExact(places.length * length)];
        for (int i = 0; i < places.length; i++) {
            values[Math.toIntExact(i * length + places[i])] = 1;
        }
        return onDevice(Tensor.of(values, places.length, length).to(like.dtype()), like);
    }

    private static Tensor onDevice(Tensor tensor, Tensor like) {
        return like.isCuda() ? tensor.to("cuda") : tensor;
    }
}
