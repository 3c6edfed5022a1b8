package dev.steelyard.online.linearmdp;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers that follow from what they are for, so that a draw can be made again instead of being kept. */
final class KeyedDraws {

    private long seed;

    KeyedDraws(long seed) {
        this.seed = seed;
    }

    long seed() {
        return seed;
    }

    void reseed(long other) {
        seed = other;
    }

    /** For the trajectories of a policy. */
    SplittableRandom trajectories(long epoch) {
        return new SplittableRandom(mix(mix(seed, epoch), -1));
    }

    /** For the resampling of a policy's covariance in a layer. */
    RandomGenerator resampling(long epoch, int layer) {
        return new SplittableRandom(mix(mix(mix(seed, epoch), -2), layer));
    }

    /** For what may follow a pair under a policy. */
    RandomGenerator successors(long epoch, int layer, int state, int action) {
        return new SplittableRandom(mix(mix(mix(mix(seed, epoch), layer), state), action));
    }

    /** One round of SplitMix64's finaliser over the sum. */
    private static long mix(long hash, long key) {
        long z = hash + (key + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
