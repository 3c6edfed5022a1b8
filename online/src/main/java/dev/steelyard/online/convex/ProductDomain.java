package dev.steelyard.online.convex;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Several domains side by side: the first coordinates lie in the first one, and so on. */
public final class ProductDomain implements Domain {

    private final List<Domain> parts;
    private final int dimension;

    /**
     * @throws IllegalArgumentException if there is no part
     */
    public ProductDomain(List<Domain> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a product of domains needs at least one part");
        }
        this.parts = List.copyOf(parts);
        this.dimension = parts.stream().mapToInt(Domain::dimension).sum();
    }

    /** The domains side by side. */
    public List<Domain> parts() {
        return parts;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double diameter() {
        return Math.sqrt(parts.stream()
                .mapToDouble(part -> part.diameter() * part.diameter())
                .sum());
    }

    @Override
    public double[] centre() {
        return each(new double[dimension], (part, point) -> part.centre());
    }

    @Override
    public double[] project(double[] point) {
        return each(point, Domain::project);
    }

    @Override
    public double[] minimise(double[] direction) {
        return each(direction, Domain::minimise);
    }

    @Override
    public double[] projectWithL1(double[] point, double threshold) {
        return each(point, (part, own) -> part.projectWithL1(own, threshold));
    }

    @Override
    public boolean contains(double[] point, double tolerance) {
        int from = 0;
        for (Domain part : parts) {
            if (!part.contains(Arrays.copyOfRange(point, from, from + part.dimension()), tolerance)) {
                return false;
            }
            from += part.dimension();
        }
        return true;
    }

    @Override
    public String toString() {
        return "a product of " + parts;
    }

    private double[] each(double[] point, BiFunction<Domain, double[], double[]> work) {
        double[] result = new double[dimension];
        int from = 0;
        for (Domain part : parts) {
            double[] own = work.apply(part, Arrays.copyOfRange(point, from, from + part.dimension()));
            System.arraycopy(own, 0, result, from, own.length);
            from += own.length;
        }
        return result;
    }
}
