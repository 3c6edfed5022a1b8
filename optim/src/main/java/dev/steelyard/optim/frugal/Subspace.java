package dev.steelyard.optim.frugal;

/** Which part of the projectable weights is trained with state in a period. */
public sealed interface Subspace {

    /** Whole tensors: {@code round(density * tensors)} of them, half to even. */
    record Blocks(Order order) implements Subspace {}

    /** {@code floor(density * columns)} columns of each matrix (out, in): input features. */
    record Columns() implements Subspace {}

    /** {@code floor(density * rows)} rows of each matrix. */
    record Rows() implements Subspace {}

    /** {@code floor(density * entries)} single entries of each tensor. */
    record Entries() implements Subspace {}

    /** A low-rank subspace of each matrix, of rank {@code round(density * side)}, half to even. */
    record LowRank(Side side, Basis basis) implements Subspace {}

    /** In which order blocks take turns. */
    enum Order {
        /** A fresh random choice each period. */
        RANDOM,
        /** The next window upwards, cyclic, from the first tensor. */
        ASCENDING,
        /** The next window downwards, cyclic, from the last tensor. */
        DESCENDING,
        /**
         * Half of the window from the front, the other half their mirror images from the back. Of an odd number of
         * tensors the middle one is left out.
         */
        MIRROR
    }

    /** Which side of a matrix is projected. */
    enum Side {
        /** The shorter one: the right side if there are at least as many rows as columns, else the left. */
        STANDARD,
        /** The longer one. */
        REVERSED,
        LEFT,
        RIGHT,
        /** Both sides. */
        FULL
    }

    /** Where the directions come from. */
    enum Basis {
        /** The leading singular vectors of the gradient at the refresh, as in GaLore. */
        SINGULAR_VECTORS,
        /** Random orthonormal directions. */
        RANDOM,
        /** Random coordinates. */
        RANDOM_PERMUTATION
    }
}
