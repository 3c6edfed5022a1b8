package dev.steelyard.ranking.krank;

import java.util.Arrays;

/**
 * The paper's update, in closed form: every strictly ordered pair of the ballot adds its shift and its loss of variance,
 * all taken before the ballot. Tied pairs add nothing. O(K^2).
 *
 * <p>Nothing in the sum keeps the variance above 0: six new items already take more than there is. The floor is not the
 * paper's; {@code 1e-4} leaves its figures for four items as they are, {@code 0.3} is sounder and needed from five on.
 *
 * @param varianceFloor the least share kappa of an item's variance that a ballot leaves, in (0, 1]; 1e-4
 */
public record PairSum(double varianceFloor) implements UpdateRule {

    /** As near to the paper as a floor allows. */
    public static final double PAPER_FLOOR = 1e-4;

    /** Measured to converge for five and more items a ballot too. */
    public static final double ROBUST_FLOOR = 0.3;

    public PairSum {
        if (!(varianceFloor > 0 && varianceFloor <= 1)) {
            throw new IllegalArgumentException("varianceFloor must be in (0, 1], not " + varianceFloor);
        }
    }

    /** With {@link #PAPER_FLOOR}. */
    public PairSum() {
        this(PAPER_FLOOR);
    }

    @Override
    public BallotUpdate update() {
        return new Sums(varianceFloor);
    }

    private static final class Sums implements BallotUpdate {
        private final double floor;
        private double[] omega = new double[8];
        private double[] delta = new double[8];

        Sums(double floor) {
            this.floor = floor;
        }

        @Override
        public void apply(double[] mean, double[] variance, double[] noiseVariance, int[] rank, int size) {
            if (size > omega.length) {
                omega = new double[size];
                delta = new double[size];
            }
            Arrays.fill(omega, 0, size, 0);
            Arrays.fill(delta, 0, size, 0);
            for (int i = 1; i < size; i++) {
                for (int q = 0; q < i; q++) {
                    if (rank[i] < rank[q]) {
                        add(i, q, mean, variance, noiseVariance);
                    } else if (rank[q] < rank[i]) {
                        add(q, i, mean, variance, noiseVariance);
                    }
                }
            }
            for (int i = 0; i < size; i++) {
                mean[i] += variance[i] * omega[i];
                variance[i] *= Math.max(1 - variance[i] * delta[i], floor);
            }
        }

        private void add(int better, int worse, double[] mean, double[] variance, double[] noiseVariance) {
            double total = noiseVariance[better] + noiseVariance[worse] + variance[better] + variance[worse];
            double deviation = Math.sqrt(total);
            double x = (mean[better] - mean[worse]) / deviation;
            double v = TruncatedGaussian.v(x);
            double w = TruncatedGaussian.w(x, v) / total;
            omega[better] += v / deviation;
            omega[worse] -= v / deviation;
            delta[better] += w;
            delta[worse] += w;
        }
    }
}
