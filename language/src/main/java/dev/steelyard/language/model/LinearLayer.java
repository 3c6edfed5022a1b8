package dev.steelyard.language.model;

import static dev.steelyard.torch.Functions.linear;

import dev.steelyard.torch.Tensor;

/** {@code x W^T}, and what an adapter adds to it. */
final class LinearLayer {

    private final Tensor weight;
    private LinearTerm term;

    LinearLayer(Tensor weight) {
        this.weight = weight;
    }

    Tensor forward(Tensor x) {
        Tensor output = linear(x, weight);
        if (term == null) {
            return output;
        }
        Tensor added = term.of(x);
        return output.plus(added.dtype() == output.dtype() ? added : added.to(output.dtype()));
    }

    /** The term, or {@code null} where there is none. */
    LinearTerm term() {
        return term;
    }

    void term(LinearTerm newTerm) {
        term = newTerm;
    }
}
