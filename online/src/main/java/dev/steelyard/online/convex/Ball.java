package dev.steelyard.online.convex;

import java.util.Arrays;

/** The points within a distance of a centre. */
public final class Ball implements Domain {

    private final double[] centre;
    private final double radius;

    /**
     * @throws IllegalArgumentException if the radius is not above 0, or the centre is empty or not finite
     */
    public Ball(double[] centre, double radius) {
        if (centre.length == 0 || !Arrays.stream(centre).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "the centre of a ball must be finite and not empty, not " + Arrays.toString(centre));
        }
        this.centre = centre.clone();
        this.radius = Vectors.requirePositive("the radius of a ball", radius);
    }

    /** The ball around 0. */
    public static Ball aroundZero(int dimension, double radius) {
        return new Ball(new double[dimension], radius);
    }

    public double radius() {
        return radius;
    }

    @Override
    public int dimension() {
        return centre.length;
    }

    @Override
    public double diameter() {
        return 2 * radius;
    }

    @Override
    public double[] centre() {
        return centre.clone();
    }

    @Override
    public double[] project(double[] point) {
        double distance = Math.sqrt(Vectors.squaredDistance(point, centre));
        if (distance <= radius) {
            return point.clone();
        }
        return Vectors.plus(centre, radius / distance, Vectors.plus(point, -1, centre));
    }

    @Override
    public double[] minimise(double[] direction) {
        double norm = Vectors.norm(direction);
        return norm == 0 ? centre() : Vectors.plus(centre, -radius / norm, direction);
    }

    @Override
    public boolean contains(double[] point, double tolerance) {
        return Math.sqrt(Vectors.squaredDistance(point, centre)) <= radius + tolerance;
    }

    @Override
    public double[] projectWithL1(double[] point, double threshold) {
        if (threshold != 0 && Vectors.dot(centre, centre) != 0) {
            return Domain.super.projectWithL1(point, threshold);
        }
        return project(Domain.softThreshold(point, threshold));
    }

    @Override
    public String toString() {
        return "the ball of radius " + radius + " in dimension " + dimension();
    }
}
