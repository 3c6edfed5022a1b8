package dev.steelyard.online.convex;

import java.util.Arrays;

/** The points between two corners. */
public final class Box implements Domain {

    private final double[] lower;
    private final double[] upper;

    /**
     * @throws IllegalArgumentException if a side is not finite or has no length; the message names the coordinate
     */
    public Box(double[] lower, double[] upper) {
        if (lower.length == 0 || lower.length != upper.length) {
            throw new IllegalArgumentException("a box needs corners of the same dimension of at least 1, not "
                    + lower.length + " and " + upper.length);
        }
        for (int i = 0; i < lower.length; i++) {
            if (!(upper[i] - lower[i] > 0 && upper[i] - lower[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("side " + i + " of a box is [" + lower[i] + ", " + upper[i]
                        + "]; it must have a finite length above 0");
            }
        }
        this.lower = lower.clone();
        this.upper = upper.clone();
    }

    /** The cube [-half, half]^dimension. */
    public static Box cube(int dimension, double half) {
        double[] upper = new double[dimension];
        double[] lower = new double[dimension];
        Arrays.fill(upper, half);
        Arrays.fill(lower, -half);
        return new Box(lower, upper);
    }

    double lower(int coordinate) {
        return lower[coordinate];
    }

    double upper(int coordinate) {
        return upper[coordinate];
    }

    @Override
    public int dimension() {
        return lower.length;
    }

    @Override
    public double diameter() {
        return Math.sqrt(Vectors.squaredDistance(lower, upper));
    }

    @Override
    public double[] centre() {
        double[] centre = new double[lower.length];
        for (int i = 0; i < centre.length; i++) {
            centre[i] = 0.5 * (lower[i] + upper[i]);
        }
        return centre;
    }

    @Override
    public double[] project(double[] point) {
        double[] result = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            result[i] = Math.clamp(point[i], lower[i], upper[i]);
        }
        return result;
    }

    @Override
    public double[] minimise(double[] direction) {
        double[] result = centre();
        for (int i = 0; i < result.length; i++) {
            if (direction[i] != 0) {
                result[i] = direction[i] > 0 ? lower[i] : upper[i];
            }
        }
        return result;
    }

    @Override
    public boolean contains(double[] point, double tolerance) {
        for (int i = 0; i < lower.length; i++) {
            if (!(point[i] >= lower[i] - tolerance && point[i] <= upper[i] + tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** Exact: the problem splits into coordinates, and a convex function of one of them is least at the clipped point. */
    @Override
    public double[] projectWithL1(double[] point, double threshold) {
        return project(Domain.softThreshold(point, threshold));
    }

    @Override
    public String toString() {
        return "a box in dimension " + dimension();
    }
}
