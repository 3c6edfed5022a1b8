package dev.steelyard.language.model;

import dev.steelyard.torch.Tensor;

/** What an adapter adds to the output of a linear layer. */
@FunctionalInterface
public interface LinearTerm {

    /**
     * @param input of the layer (..., in)
     * @return (..., out)
     */
    Tensor of(Tensor input);
}
