package dev.steelyard.optim.frugal;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/** Random choices without replacement. */
final class Choices {

    private Choices() {}

    /** {@code count} different numbers of {@code 0 .. length-1}, all sets equally likely, in growing order. */
    static long[] withoutReplacement(RandomGenerator random, long length, int count) {
        // Floyd's way: as many draws as numbers wanted, and a bit a number for those that are taken.
        BitSet taken = new BitSet(Math.toIntExact(length));
        for (int last = Math.toIntExact(length) - count; last < length; last++) {
            int place = random.nextInt(last + 1);
            taken.set(taken.get(place) ? last : place);
        }
        return taken.stream().asLongStream().toArray();
    }
}
