package dev.steelyard.optim.frugal;

import dev.steelyard.torch.Functions;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much the leading directions of the gradients stay the same from one refresh to the next: the mean squared cosine
 * of the principal angles, 1 for the same subspace, {@code rank / side} for random ones.
 */
final class SubspaceOverlap {

    private final double density;
    private final Map<String, Tensor> previous = new LinkedHashMap<>();
    private double overlap;
    private double chance;
    private int pairs;

    SubspaceOverlap(double density) {
        this.density = density;
    }

    void look(Map<String, Tensor> parameters) {
        try (NoGrad noGrad = NoGrad.open();
                Scope scope = Scope.open()) {
            parameters.forEach((name, parameter) -> {
                Tensor gradient = parameter.grad();
                Tensor wide = gradient.size(0) >= gradient.size(1) ? gradient : gradient.t();
                int rank = Math.max(1, (int) Math.rint(density * wide.size(1)));
                Tensor directions =
                        Functions.svd(wide).vTransposed().narrow(0, 0, rank).contiguous();
                Tensor before = previous.put(name, directions.keepForever());
                if (before != null) {
                    double norm = before.matmul(directions.t()).norm().item();
                    overlap += norm * norm / rank;
                    chance += (double) rank / wide.size(1);
                    pairs++;
                    before.close();
                }
            });
        }
    }

    /** Overlap minus that of random subspaces, averaged; NaN before two looks. */
    double beyondChance() {
        return (overlap - chance) / pairs;
    }

    void close() {
        previous.values().forEach(Tensor::close);
    }
}
