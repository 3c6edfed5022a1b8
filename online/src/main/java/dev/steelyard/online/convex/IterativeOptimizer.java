package dev.steelyard.online.convex;

/** An optimiser that moves one iterate, which can be read and set: by a warm start, or by the average of several. */
public interface IterativeOptimizer extends OnlineOptimizer {

    /** The iterate, from which the next point follows; a new array. */
    double[] iterate();

    /**
     * Goes on from another iterate; step sizes, hint and curvature stay.
     *
     * @throws IllegalArgumentException if it is not in the domain, up to 1e-9; nothing is changed then
     */
    void moveTo(double[] iterate);

    /**
     * A point that is in a domain.
     *
     * @throws IllegalArgumentException if it is not
     */
    static double[] requireWithin(Domain domain, double[] point) {
        if (point.length != domain.dimension() || !domain.contains(point, 1e-9)) {
            throw new IllegalArgumentException("an iterate of dimension " + point.length + " is not in " + domain
                    + "; project it first, or take the domain's centre");
        }
        return point.clone();
    }
}
