package dev.steelyard.online.bandit;

/**
 * Weights whose sum is at hand, and among which one is found by its place in the running sum: O(log n) for a change and for
 * a search. Each sum is that of its two halves, never corrected by differences, so that equal weights have equal sums, to
 * the bit, whatever was before.
 */
final class SumTree {

    private final int leaves;
    private final int size;
    /** The sums from the root at 1; children of i at 2 i and 2 i + 1; the weights from {@link #leaves} on. */
    private final double[] sums;

    SumTree(int size) {
        this.size = size;
        this.leaves = size == 1 ? 1 : 2 * Integer.highestOneBit(size - 1);
        this.sums = new double[2 * leaves];
    }

    double get(int index) {
        return sums[leaves + index];
    }

    void set(int index, double weight) {
        int at = leaves + index;
        sums[at] = weight;
        for (at /= 2; at > 0; at /= 2) {
            sums[at] = sums[2 * at] + sums[2 * at + 1];
        }
    }

    double sum() {
        return sums[1];
    }

    /**
     * The first index at which the running sum of {@code scale * weight + each} is above a target; the last one of a
     * positive share if rounding leaves none.
     *
     * @param each what every index has beside its weight
     */
    int find(double target, double scale, double each) {
        double left = target;
        int at = 1;
        int first = 0;
        for (int width = leaves / 2; width > 0; width /= 2) {
            at *= 2;
            double below = share(at, first, width, scale, each);
            if (left >= below && share(at + 1, first + width, width, scale, each) > 0) {
                left -= below;
                first += width;
                at++;
            }
        }
        return first;
    }

    private double share(int node, int first, int width, double scale, double each) {
        return scale * sums[node] + each * Math.max(0, Math.min(width, size - first));
    }
}
