package dev.steelyard.core.state;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random numbers that can be saved and go on exactly where they stopped, which the JDK's generators cannot: XoShiRo256++
 * of Apache Commons RNG behind the JDK's interface. Not for use by several threads at once.
 */
public final class RestorableRandom implements RandomGenerator {

    private static final String OWNER = "xoshiro256++";

    private final RestorableUniformRandomProvider source;

    /** A generator whose numbers follow from the seed, as {@link dev.steelyard.core.study.Seeds#value} gives it. */
    public RestorableRandom(long seed) {
        source = RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    /** A generator that goes on where the saved one stopped. */
    public static RestorableRandom from(State saved) {
        RestorableRandom random = new RestorableRandom(0);
        random.restore(saved);
        return random;
    }

    @Override
    public long nextLong() {
        return source.nextLong();
    }

    /** Where the generator stands. */
    public State state() {
        RandomProviderDefaultState saved = (RandomProviderDefaultState) source.saveState();
        return State.of(OWNER).put("bytes", HexFormat.of().formatHex(saved.getState()));
    }

    /**
     * Goes on where the saved generator stopped.
     *
     * @throws StateException if the state is no generator's
     */
    public void restore(State saved) {
        String bytes = saved.require(OWNER).text("bytes");
        try {
            source.restoreState(new RandomProviderDefaultState(HexFormat.of().parseHex(bytes)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StateException("the saved state of the random generator is damaged: " + bytes, e);
        }
    }
}
