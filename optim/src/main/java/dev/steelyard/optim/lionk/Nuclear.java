package dev.steelyard.optim.lionk;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;

/**
 * The sum of a matrix's singular values; its subgradient is {@code U V^T}, the update of Muon. Decay bounds the
 * largest singular value by {@code 1 / lambda}.
 */
public record Nuclear() implements ConvexFunction {

    @Override
    public void requireFits(long... shape) {
        if (shape.length != 2) {
            throw new IllegalArgumentException("the nuclear norm needs a matrix, the shape is " + Arrays.toString(shape)
                    + "; put other parameters into a group with another function");
        }
    }

    private Functions.Svd svd(Tensor z) {
        requireFits(z.shape());
        // LAPACK knows no 16-bit types.
        return Functions.svd(z.dtype().bytes() < 4 ? z.to(DType.FLOAT32) : z);
    }

    private Tensor singularValues(Tensor z) {
        return svd(Vectors.precise(z)).singularValues();
    }

    @Override
    public double value(Tensor z) {
        try (Scope scope = Scope.open()) {
            return singularValues(z).sum().item();
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        if (z.count() == 0) {
            requireFits(z.shape());
            return z.copy();
        }
        Functions.Svd parts = svd(z);
        double roundoff = z.dtype() == DType.FLOAT64 ? 1e-15 : 1e-7;
        double threshold = parts.singularValues().max().item() * roundoff * Math.max(z.size(0), z.size(1));
        Tensor rank = parts.singularValues().greaterThan(threshold).to(parts.u().dtype());
        return parts.u().times(rank).matmul(parts.vTransposed()).to(z.dtype());
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
        try (Scope scope = Scope.open()) {
            return Vectors.maxAbsolute(singularValues(u)) - 1;
        }
    }

    @Override
    public Tensor project(Tensor u) {
        Functions.Svd parts = svd(u);
        return parts.u()
                .times(parts.singularValues().clamp(0, 1))
                .matmul(parts.vTransposed())
                .to(u.dtype());
    }
}
