package dev.steelyard.online.convex;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Features by name in 2^bits weights, for names that are not known in advance: the index and a sign come from the name's
 * hash (MurmurHash3 of its UTF-8, 32 bits), and values that meet at an index add up. With the sign, which Vowpal Wabbit's
 * {@code -b} does without, collisions cancel in the mean.
 *
 * <p>K. Weinberger, A. Dasgupta, J. Langford, A. Smola, J. Attenberg, Feature Hashing for Large Scale Multitask Learning,
 * ICML 2009.
 *
 * @param bits 1 to 28; 18 is Vowpal Wabbit's default
 */
public record FeatureHashing(int bits) {

    private static final int MOST_BITS = 28;

    public FeatureHashing {
        if (bits < 1 || bits > MOST_BITS) {
            throw new IllegalArgumentException("bits must be 1 to " + MOST_BITS + ", not " + bits);
        }
    }

    /** How many features there are to a learner: 2^bits. */
    public int features() {
        return 1 << bits;
    }

    /**
     * Hashes named features.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public SparseVector hash(Map<String, Double> named) {
        TreeMap<Integer, Double> entries = new TreeMap<>();
        named.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("feature '" + name + "' is " + value + "; it must be finite");
            }
            int hash = murmur3(name.getBytes(StandardCharsets.UTF_8));
            entries.merge(hash & (features() - 1), hash < 0 ? -value : value, Double::sum);
        });
        return SparseVector.of(entries);
    }

    /** MurmurHash3_x86_32 with seed 0, by A. Appleby. */
    static int murmur3(byte[] bytes) {
        int hash = 0;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int block = (bytes[i] & 0xff)
                    | (bytes[i + 1] & 0xff) << 8
                    | (bytes[i + 2] & 0xff) << 16
                    | (bytes[i + 3] & 0xff) << 24;
            hash = Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
        }
        int rest = 0;
        for (int i = bytes.length - 1; i >= whole; i--) {
            rest = rest << 8 | (bytes[i] & 0xff);
        }
        hash ^= scramble(rest) ^ bytes.length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
    }
}
