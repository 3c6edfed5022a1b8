package dev.steelyard.online.streamingmab;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Means of arms in random order, and their rewards in bulk. */
final class ArmStream {

    static final String CLEAR = "clear";
    static final String MIX = "mix";

    /** Beyond so many pulls the binomial's mean is drawn as a Gaussian of the same variance. */
    private static final long EXACT_PULLS = 100_000;

    private ArmStream() {}

    /** clear: N(.5, .1) cut to [0, .8] and one arm of .82; mix: U(0, 1). */
    static double[] means(String kind, int arms, RandomGenerator random) {
        double[] means = new double[arms];
        for (int arm = 0; arm < arms; arm++) {
            means[arm] = switch (kind) {
                case MIX -> random.nextDouble();
                case CLEAR -> arm == 0 ? .82 : truncated(random);
                default -> throw new IllegalArgumentException("there is no stream " + kind);
            };
        }
        for (int i = arms - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double kept = means[i];
            means[i] = means[j];
            means[j] = kept;
        }
        return means;
    }

    private static double truncated(RandomGenerator random) {
        while (true) {
            double draw = .5 + .1 * random.nextGaussian();
            if (draw >= 0 && draw <= .8) {
                return draw;
            }
        }
    }

    static StreamSimulation.Rewards bernoulli(RandomGenerator random) {
        UniformRandomProvider source = random::nextLong;
        return (expected, pulls) -> {
            if (pulls > EXACT_PULLS) {
                double deviation = Math.sqrt(expected * (1 - expected) / pulls);
                return Math.clamp(expected + deviation * random.nextGaussian(), 0.0, 1.0);
            }
            return BinomialDistribution.of((int) pulls, expected)
                            .createSampler(source)
                            .sample()
                    / (double) pulls;
        };
    }
}
