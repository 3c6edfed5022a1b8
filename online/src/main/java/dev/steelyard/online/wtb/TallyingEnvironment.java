package dev.steelyard.online.wtb;

import dev.steelyard.online.Environment;
import java.util.List;
import java.util.random.RandomGenerator;

/** A world whose losses depend on the tallies of the actions: one user's memory. */
public final class TallyingEnvironment implements Environment<Void, Integer, Double> {

    private final List<ExposureCurve> curves;
    private final MemoryWeights weights;
    private final Tally tally;
    private final Noise noise;
    private final RandomGenerator random;
    private double lastExpected = Double.NaN;

    /** How an observed loss scatters about the expected one. */
    @FunctionalInterface
    public interface Noise {
        /** An observed loss, in [0, 1]. */
        double observe(double expected, RandomGenerator random);

        /** 1 with the expected loss as probability, else 0. */
        static Noise bernoulli() {
            return (expected, random) -> random.nextDouble() < expected ? 1 : 0;
        }

        /** The expected loss plus Gaussian noise, cut to [0, 1]. */
        static Noise gaussian(double deviation) {
            return (expected, random) -> Math.clamp(expected + deviation * random.nextGaussian(), 0.0, 1.0);
        }

        /** The expected loss itself. */
        static Noise none() {
            return (expected, random) -> expected;
        }
    }

    /** @param curves of the actions */
    public TallyingEnvironment(List<ExposureCurve> curves, MemoryWeights weights, Noise noise, RandomGenerator random) {
        this.curves = List.copyOf(curves);
        this.weights = weights;
        this.tally = new Tally(weights);
        this.noise = noise;
        this.random = random;
    }

    @Override
    public Void context() {
        return null;
    }

    @Override
    public Double respond(Integer action) {
        lastExpected = curves.get(action).loss(tally.play(action));
        return noise.observe(lastExpected, random);
    }

    /** The expected loss of the action that was just played, which its history has decided. */
    public double lastExpectedLoss() {
        return lastExpected;
    }

    /** The expected loss of an action once it has been repeated long enough. */
    @Override
    public double expectedLoss(Integer action) {
        return curves.get(action).loss(weights.sum());
    }
}
