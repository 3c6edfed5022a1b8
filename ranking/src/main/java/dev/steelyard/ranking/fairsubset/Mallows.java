package dev.steelyard.ranking.fairsubset;

import java.util.random.RandomGenerator;

/** Mallows' model: item i of the centre is inserted d places above the end with probability in proportion to phi^d. */
public final class Mallows {

    private static final int MOST_HALVINGS = 200;

    private Mallows() {}

    /** A ranking of 0..m-1 around the identity. */
    static int[] draw(int items, double phi, RandomGenerator random) {
        int[] ranking = new int[items];
        for (int i = 0; i < items; i++) {
            int up = displacement(i + 1, phi, random);
            System.arraycopy(ranking, i - up, ranking, i - up + 1, up);
            ranking[i - up] = i;
        }
        return ranking;
    }

    private static int displacement(int places, double phi, RandomGenerator random) {
        double total = 0;
        double power = 1;
        for (int d = 0; d < places; d++) {
            total += power;
            power *= phi;
        }
        double left = random.nextDouble() * total;
        power = 1;
        for (int d = 0; d < places; d++) {
            left -= power;
            if (left < 0) {
                return d;
            }
            power *= phi;
        }
        return 0;
    }

    /**
     * The expected number of swaps from the centre: m phi/(1 - phi) - sum i phi^i/(1 - phi^i), computed as the sum of the
     * expected displacements, which is as exact near phi = 1.
     */
    public static double expectedSwaps(double phi, int items) {
        double expected = 0;
        double total = 0;
        double weighted = 0;
        double power = 1;
        for (int d = 0; d < items; d++) {
            total += power;
            weighted += d * power;
            power *= phi;
            expected += weighted / total;
        }
        return expected;
    }

    /**
     * The phi whose expected number of swaps is relphi times m(m-1)/4.
     *
     * @param relphi in [0, 1]
     */
    public static double dispersion(double relphi, int items) {
        if (!(relphi >= 0 && relphi <= 1)) {
            throw new IllegalArgumentException("relphi must be in [0, 1], not " + relphi);
        }
        if (relphi <= 0 || relphi >= 1) {
            return relphi <= 0 ? 0 : 1;
        }
        double target = relphi * items * (items - 1) / 4.0;
        double low = 0;
        double high = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (expectedSwaps(middle, items) < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
