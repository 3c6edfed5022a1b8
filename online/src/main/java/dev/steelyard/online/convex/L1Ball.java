package dev.steelyard.online.convex;

/** The points around 0 whose entries' absolute values sum to at most a radius. */
public final class L1Ball implements Domain {

    private final int dimension;
    private final double radius;

    /**
     * @throws IllegalArgumentException if the dimension is below 1 or the radius not above 0
     */
    public L1Ball(int dimension, double radius) {
        if (dimension < 1) {
            throw new IllegalArgumentException("the dimension of an l1 ball must be at least 1, not " + dimension);
        }
        this.dimension = dimension;
        this.radius = Vectors.requirePositive("the radius of an l1 ball", radius);
    }

    public double radius() {
        return radius;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double diameter() {
        return 2 * radius;
    }

    @Override
    public double[] centre() {
        return new double[dimension];
    }

    @Override
    public double[] project(double[] point) {
        if (l1(point) <= radius) {
            return point.clone();
        }
        double[] absolute = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            absolute[i] = Math.abs(point[i]);
        }
        double[] result = Simplex.project(absolute, radius);
        for (int i = 0; i < dimension; i++) {
            result[i] = Math.copySign(result[i], point[i]);
        }
        return result;
    }

    @Override
    public double[] minimise(double[] direction) {
        int best = 0;
        for (int i = 1; i < dimension; i++) {
            if (Math.abs(direction[i]) > Math.abs(direction[best])) {
                best = i;
            }
        }
        double[] vertex = new double[dimension];
        vertex[best] = -Math.signum(direction[best]) * radius;
        return vertex;
    }

    @Override
    public boolean contains(double[] point, double tolerance) {
        return l1(point) <= radius + tolerance * Math.max(1, dimension);
    }

    /** Exact: the term and the constraint both soften the same threshold. */
    @Override
    public double[] projectWithL1(double[] point, double threshold) {
        return project(Domain.softThreshold(point, threshold));
    }

    @Override
    public String toString() {
        return "the l1 ball of radius " + radius + " in dimension " + dimension;
    }

    private static double l1(double[] point) {
        double sum = 0;
        for (double entry : point) {
            sum += Math.abs(entry);
        }
        return sum;
    }
}
