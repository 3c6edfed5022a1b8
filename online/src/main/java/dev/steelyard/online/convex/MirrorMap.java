package dev.steelyard.online.convex;

/** How far apart two points are to a mirror descent, and with that what its step is. */
public interface MirrorMap {

    Domain domain();

    /** The point of the domain that minimises step {@code <direction, x>} plus the divergence of x from {@code from}. */
    double[] step(double[] from, double[] direction, double step);

    /** The size of the domain in this map, the D of step sizes. */
    double scale();

    /** Half the squared Euclidean distance: a gradient step and a projection. Scale: the diameter. */
    static MirrorMap euclidean(Domain domain) {
        return withL1(domain, 0);
    }

    /**
     * Euclidean, and both steps also carry the composite term {@code weight |x|_1}, which makes points sparse.
     *
     * @throws UnsupportedOperationException if the domain has no closed form for it
     * @throws IllegalArgumentException if the weight is negative
     */
    static MirrorMap withL1(Domain domain, double weight) {
        Vectors.requireNotNegative("the weight of an l1 term", weight);
        domain.projectWithL1(domain.centre(), weight);
        return new MirrorMap() {
            @Override
            public Domain domain() {
                return domain;
            }

            @Override
            public double[] step(double[] from, double[] direction, double step) {
                return domain.projectWithL1(Vectors.plus(from, -step, direction), step * weight);
            }

            @Override
            public double scale() {
                return domain.diameter();
            }
        };
    }

    /** The relative entropy on a simplex: multiplicative weights. Scale: sqrt(2 ln d) times the total. */
    static MirrorMap entropy(Simplex simplex) {
        return new MirrorMap() {
            @Override
            public Domain domain() {
                return simplex;
            }

            @Override
            public double[] step(double[] from, double[] direction, double step) {
                double[] logarithms = new double[from.length];
                double largest = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < from.length; i++) {
                    // A weight that fell to 0 could never rise again.
                    logarithms[i] = Math.log(Math.max(from[i], Double.MIN_NORMAL)) - step * direction[i];
                    largest = Math.max(largest, logarithms[i]);
                }
                double sum = 0;
                for (int i = 0; i < from.length; i++) {
                    logarithms[i] = Math.exp(logarithms[i] - largest);
                    sum += logarithms[i];
                }
                for (int i = 0; i < from.length; i++) {
                    logarithms[i] *= simplex.total() / sum;
                }
                return logarithms;
            }

            @Override
            public double scale() {
                return simplex.total() * Math.sqrt(2 * Math.log(Math.max(2, simplex.dimension())));
            }
        };
    }
}
