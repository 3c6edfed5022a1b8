package dev.steelyard.online.convex;

import java.util.Arrays;

/** The points without negative entries that sum to a total; the probabilities for a total of 1. */
public final class Simplex implements Domain {

    private final int dimension;
    private final double total;

    /**
     * @throws IllegalArgumentException if the dimension is below 1 or the total not above 0
     */
    public Simplex(int dimension, double total) {
        if (dimension < 1) {
            throw new IllegalArgumentException("the dimension of a simplex must be at least 1, not " + dimension);
        }
        this.dimension = dimension;
        this.total = Vectors.requirePositive("the total of a simplex", total);
    }

    /** The probabilities over so many outcomes. */
    public static Simplex probabilities(int dimension) {
        return new Simplex(dimension, 1);
    }

    public double total() {
        return total;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double diameter() {
        return dimension == 1 ? total : Math.sqrt(2) * total;
    }

    @Override
    public double[] centre() {
        double[] centre = new double[dimension];
        Arrays.fill(centre, total / dimension);
        return centre;
    }

    @Override
    public double[] project(double[] point) {
        return project(point, total);
    }

    /** The projection on the simplex of a total: subtracts the one number that leaves the total, by sorting. */
    static double[] project(double[] point, double total) {
        // Relative to the largest entry, or what is left after the shift would drown in large entries' rounding.
        double largest = Arrays.stream(point).max().orElseThrow();
        double[] sorted = new double[point.length];
        Arrays.setAll(sorted, i -> point[i] - largest);
        Arrays.sort(sorted);
        double sum = 0;
        double shift = 0;
        int kept = 0;
        for (int i = sorted.length - 1; i >= 0; i--) {
            sum += sorted[i];
            double candidate = (sum - total) / (kept + 1);
            if (sorted[i] - candidate <= 0) {
                break;
            }
            kept++;
            shift = candidate;
        }
        double[] result = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            result[i] = Math.max(0, point[i] - largest - shift);
        }
        return result;
    }

    @Override
    public double[] minimise(double[] direction) {
        int best = 0;
        for (int i = 1; i < dimension; i++) {
            if (direction[i] < direction[best]) {
                best = i;
            }
        }
        double[] vertex = new double[dimension];
        vertex[best] = total;
        return vertex;
    }

    @Override
    public boolean contains(double[] point, double tolerance) {
        double sum = 0;
        for (double entry : point) {
            if (!(entry >= -tolerance)) {
                return false;
            }
            sum += entry;
        }
        return Math.abs(sum - total) <= tolerance * Math.max(1, dimension);
    }

    /** The l1 norm is the same all over a simplex, so that it moves nothing. */
    @Override
    public double[] projectWithL1(double[] point, double threshold) {
        return project(point);
    }

    @Override
    public String toString() {
        return "the simplex of total " + total + " in dimension " + dimension;
    }
}
