package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;

/** Symmetric Dirichlet draws. */
final class Dirichlet {

    private Dirichlet() {}

    static double[] draw(int size, double concentration, RandomGenerator random) {
        UniformRandomProvider source = random::nextLong;
        SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(source, concentration, 1);
        double[] draw = new double[size];
        double sum = 0;
        while (sum == 0) {
            for (int i = 0; i < size; i++) {
                draw[i] = gamma.sample();
                sum += draw[i];
            }
        }
        for (int i = 0; i < size; i++) {
            draw[i] /= sum;
        }
        return draw;
    }
}
