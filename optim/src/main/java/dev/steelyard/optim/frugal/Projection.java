package dev.steelyard.optim.frugal;

import dev.steelyard.torch.Tensor;

/**
 * A linear map P onto the part that has state, with orthonormal rows, and its adjoint. All tensors belong to the
 * caller's scope.
 */
interface Projection {

    /** {@code P(G)}, in the low dimension. */
    Tensor project(Tensor gradient);

    /** {@code W + P^T(u)}, in place. */
    void addLifted(Tensor parameter, Tensor low);

    /** {@code G - P^T(P(G))}, full size; entries that are rounding noise are 0. */
    Tensor residual(Tensor gradient, Tensor low);

    /** Whether nothing is left over, so that the residual would be noise alone. */
    default boolean isComplete() {
        return false;
    }
}
