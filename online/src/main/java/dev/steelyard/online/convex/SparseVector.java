package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.Arrays;
import java.util.SortedMap;

/** A vector by its entries that are not 0. Arrays are kept, not copied. */
public final class SparseVector {

    /** The vector 0. */
    public static final SparseVector ZERO = new SparseVector(new int[0], new double[0]);

    private final int[] indices;
    private final double[] values;

    /**
     * @param indices from 0, ascending
     * @param values of the entries
     * @throws IllegalArgumentException if the lengths differ, an index does not ascend or a value is not finite
     */
    public SparseVector(int[] indices, double[] values) {
        if (indices.length != values.length) {
            throw new IllegalArgumentException(
                    "a sparse vector needs as many values as indices, not " + values.length + " and " + indices.length);
        }
        for (int k = 0; k < indices.length; k++) {
            if (indices[k] <= (k == 0 ? -1 : indices[k - 1])) {
                throw new IllegalArgumentException("indices of a sparse vector must ascend from 0; entry " + k + " has "
                        + indices[k] + ": sort them and add up values of the same index");
            }
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "feature " + indices[k] + " of the instance is " + values[k] + "; it must be finite");
            }
        }
        this.indices = indices;
        this.values = values;
    }

    /** The entries of a map, which must be finite. */
    public static SparseVector of(SortedMap<Integer, Double> entries) {
        return new SparseVector(
                entries.keySet().stream().mapToInt(Integer::intValue).toArray(),
                entries.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The entries of a dense vector that are not 0. */
    public static SparseVector of(double[] dense) {
        int count = 0;
        for (double entry : dense) {
            count += entry == 0 ? 0 : 1;
        }
        int[] indices = new int[count];
        double[] values = new double[count];
        int next = 0;
        for (int i = 0; i < dense.length; i++) {
            if (dense[i] != 0) {
                indices[next] = i;
                values[next++] = dense[i];
            }
        }
        return new SparseVector(indices, values);
    }

    /** How many entries there are. */
    public int size() {
        return indices.length;
    }

    public int index(int entry) {
        return indices[entry];
    }

    public double value(int entry) {
        return values[entry];
    }

    /** The least dimension that holds all entries. */
    public int span() {
        return indices.length == 0 ? 0 : indices[indices.length - 1] + 1;
    }

    /** {@code this + value e_index}, for an index above all others. */
    SparseVector append(int index, double value) {
        int[] longer = Arrays.copyOf(indices, indices.length + 1);
        double[] more = Arrays.copyOf(values, values.length + 1);
        longer[indices.length] = index;
        more[indices.length] = value;
        return new SparseVector(longer, more);
    }

    /**
     * @throws IllegalArgumentException if an entry overflows
     */
    public SparseVector times(double factor) {
        double[] scaled = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            scaled[k] = factor * values[k];
        }
        return new SparseVector(indices, scaled);
    }

    public double dot(double[] dense) {
        double sum = 0;
        for (int k = 0; k < indices.length; k++) {
            sum += values[k] * dense[indices[k]];
        }
        return sum;
    }

    public double dot(SparseVector other) {
        double sum = 0;
        int j = 0;
        for (int k = 0; k < indices.length; k++) {
            while (j < other.indices.length && other.indices[j] < indices[k]) {
                j++;
            }
            if (j < other.indices.length && other.indices[j] == indices[k]) {
                sum += values[k] * other.values[j];
            }
        }
        return sum;
    }

    public double squaredNorm() {
        return Vectors.dot(values, values);
    }

    public double squaredDistance(SparseVector other) {
        double sum = 0;
        int k = 0;
        int j = 0;
        while (k < indices.length || j < other.indices.length) {
            int mine = k < indices.length ? indices[k] : Integer.MAX_VALUE;
            int theirs = j < other.indices.length ? other.indices[j] : Integer.MAX_VALUE;
            double difference = 0;
            if (mine <= theirs) {
                difference += values[k++];
            }
            if (theirs <= mine) {
                difference -= other.values[j++];
            }
            sum += difference * difference;
        }
        return sum;
    }

    /** {@code dense += factor this}. */
    void addTo(double[] dense, double factor) {
        for (int k = 0; k < indices.length; k++) {
            dense[indices[k]] += factor * values[k];
        }
    }

    /**
     * All entries.
     *
     * @throws IllegalArgumentException if the dimension is below {@link #span}
     */
    public double[] dense(int dimension) {
        requireWithin(dimension);
        double[] dense = new double[dimension];
        addTo(dense, 1);
        return dense;
    }

    /**
     * This vector, if it fits a dimension.
     *
     * @throws IllegalArgumentException if it does not
     */
    public SparseVector requireWithin(int dimension) {
        if (span() > dimension) {
            throw new IllegalArgumentException(
                    "the instance has feature " + (span() - 1) + ", counted from 0, where there" + " are " + dimension
                            + "; raise that number, or hash the features");
        }
        return this;
    }

    /** For a snapshot. */
    public State state() {
        return State.of("sparse vector").put("indices", indices).put("values", values);
    }

    /**
     * Reads {@link #state}.
     *
     * @throws StateException if it is none
     */
    public static SparseVector from(State state, int dimension) {
        long[] saved = state.require("sparse vector").integers("indices");
        double[] values = state.doubles("values", saved.length);
        try {
            int[] indices = Arrays.stream(saved).mapToInt(Math::toIntExact).toArray();
            return new SparseVector(indices, values).requireWithin(dimension);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new StateException("a saved sparse vector does not fit: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector that
                && Arrays.equals(indices, that.indices)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "indices " + Arrays.toString(indices) + ", values " + Arrays.toString(values);
    }
}
