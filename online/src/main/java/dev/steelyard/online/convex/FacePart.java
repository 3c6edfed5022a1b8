package dev.steelyard.online.convex;

/** The part of a {@link Face} that belongs to one box, simplex or l1 ball: the coordinates {@code from <= i < to}. */
abstract class FacePart {

    final Face face;
    final int from;
    final int to;

    FacePart(Face face, int from, int dimension) {
        this.face = face;
        this.from = from;
        this.to = from + dimension;
    }

    /** {@link Face#clean} in place; whether the point was near enough. */
    abstract boolean clean(double[] point, double slack);

    /** {@link Face#judge} by {@link Face#isWrong}. */
    abstract void judge(double[] point, double[] gradient);

    /** Has sides of this part change. */
    abstract void exchange(int[] wrong, double[] point, double[] gradient);

    /** {@link Face#turn}. */
    boolean turn(double[] gradient) {
        return false;
    }
}
