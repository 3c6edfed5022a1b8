package dev.steelyard.core.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Named, splittable seeds: the same root and the same path of names give the same numbers, whatever was drawn
 * elsewhere and on however many threads.
 *
 * <pre>{@code
 * Seeds trial = Seeds.root(42).child("trial", 3);
 * RandomGenerator data = trial.generator("data");     // does not depend on ...
 * RandomGenerator model = trial.generator("model");   // ... how much was drawn here
 * }</pre>
 *
 * @param value the 64 bits that stand for the path so far
 */
public record Seeds(long value) {

    private static final String ALGORITHM = "L64X128MixRandom";

    /** The start of every path. */
    public static Seeds root(long seed) {
        return new Seeds(seed);
    }

    /** The seeds under a name. */
    public Seeds child(String name) {
        return child(name, 0);
    }

    /** The seeds under a name and a number. */
    public Seeds child(String name, long index) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] path = ByteBuffer.allocate(2 * Long.BYTES + text.length)
                .putLong(value)
                .putLong(index)
                .put(text)
                .array();
        return new Seeds(ByteBuffer.wrap(sha256(path)).getLong());
    }

    /** A fresh generator for the numbers under a name. */
    public RandomGenerator generator(String name) {
        return generator(name, 0);
    }

    /** A fresh generator for the numbers under a name and a number. */
    public RandomGenerator generator(String name, long index) {
        return RandomGeneratorFactory.of(ALGORITHM).create(child(name, index).value());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
