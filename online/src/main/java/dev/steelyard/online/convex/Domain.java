package dev.steelyard.online.convex;

import java.util.Arrays;

/**
 * A convex compact set of points, with what online optimisation asks of it.
 *
 * <p>Methods give new arrays and keep none of their arguments.
 */
public interface Domain {

    /** A saved point may have been rounded. */
    double START_TOLERANCE = 1e-9;

    int dimension();

    /** The largest distance of two points, or an upper bound on it where there is no closed form. */
    double diameter();

    /** A point in the middle, where optimisers start. */
    double[] centre();

    /** The nearest point of the set in Euclidean distance. */
    double[] project(double[] point);

    /** The point of the set with the least inner product with {@code direction}. */
    double[] minimise(double[] direction);

    /** Whether a point lies in the set, up to a distance of {@code tolerance} a constraint. */
    boolean contains(double[] point, double tolerance);

    /**
     * A point for an optimiser to start from, such as what was learnt before.
     *
     * @return a copy
     * @throws IllegalArgumentException if it is not in the set, or of another dimension
     */
    default double[] requireStart(double[] start) {
        if (start.length != dimension() || !contains(start, START_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "the start " + Arrays.toString(Arrays.copyOf(start, Math.min(8, start.length))) + ", of dimension "
                            + start.length + ", is not in " + this + "; its centre always is");
        }
        return start.clone();
    }

    /**
     * The point x of the set that minimises |x - point|^2 / 2 + threshold |x|_1, for composite losses.
     *
     * @throws UnsupportedOperationException if the set has no closed form for it
     */
    default double[] projectWithL1(double[] point, double threshold) {
        if (threshold == 0) {
            return project(point);
        }
        throw new UnsupportedOperationException("an l1 term has no closed form on " + this
                + "; it has one on boxes, l1 balls, simplices and balls around 0");
    }

    /** The soft threshold of each entry. */
    static double[] softThreshold(double[] point, double threshold) {
        double[] result = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            result[i] = Math.signum(point[i]) * Math.max(0, Math.abs(point[i]) - threshold);
        }
        return result;
    }
}
