package dev.steelyard.optim.frugal;

/**
 * Which sides of a matrix a low-rank subspace projects, and how many directions it has.
 *
 * @param left whether there is a basis of the columns' space, (rows, rank)
 * @param right whether there is one of the rows' space, (rank, columns)
 * @param rank directions; 0 when nothing has state
 * @param isComplete whether they span everything, so that nothing is left to the rule without state
 */
record LowRankShape(boolean left, boolean right, int rank, boolean isComplete) {

    /** That of a matrix (rows, columns); the rank is rounded half to even, as in the paper's code. */
    static LowRankShape of(Subspace.Side side, double density, long rows, long columns) {
        boolean tall = rows >= columns;
        boolean left =
                switch (side) {
                    case STANDARD -> !tall;
                    case REVERSED -> tall;
                    case LEFT, FULL -> true;
                    case RIGHT -> false;
                };
        boolean full = side == Subspace.Side.FULL;
        long length = full ? Math.min(rows, columns) : left ? rows : columns;
        // More directions than the gradient has singular vectors cannot be chosen.
        int rank = (int) Math.min(Math.rint(density * length), Math.min(rows, columns));
        boolean complete = full ? rank == rows && rank == columns : rank == length;
        return new LowRankShape(left, full || !left, rank, complete);
    }
}
