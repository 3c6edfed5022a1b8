package dev.steelyard.optim.frugal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Random choices without replacement. */
final class Choices {

    private Choices() {}

    /** {@code count} different numbers of {@code 0 .. length-1}, all sets equally likely, in growing order. */
    static long[] withoutReplacement(RandomGenerator random, long length, int count) {
        // Fisher and Yates's shuffle, of which only the places touched are kept.
        Map<Long, Long> moved = new HashMap<>();
        long[] drawn = new long[count];
        for (int i = 0; i < count; i++) {
            long place = random.nextLong(i, length);
            drawn[i] = moved.getOrDefault(place, place);
            moved.put(place, moved.getOrDefault((long) i, (long) i));
        }
        Arrays.sort(drawn);
        return drawn;
    }
}
