package dev.steelyard.optim.lionk;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/** Scalars from tensors, always summed in float64. */
final class Vectors {

    private Vectors() {}

    static Tensor precise(Tensor tensor) {
        return tensor.detach().to(DType.FLOAT64);
    }

    static double dot(Tensor a, Tensor b) {
        try (Scope scope = Scope.open()) {
            return precise(a).times(precise(b)).sum().item();
        }
    }

    static double sumAbsolute(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            return precise(tensor).abs().sum().item();
        }
    }

    /** The largest magnitude; 0 of no elements. */
    static double maxAbsolute(Tensor tensor) {
        if (tensor.count() == 0) {
            return 0;
        }
        try (Scope scope = Scope.open()) {
            return precise(tensor).abs().max().item();
        }
    }

    /** A tensor of the model's shape, type and device with these row-major values. */
    static Tensor like(Tensor model, double[] values) {
        Tensor tensor = Tensor.of(values, model.shape()).to(model.dtype());
        return model.isCuda() ? tensor.to("cuda") : tensor;
    }
}
