package dev.steelyard.online.bandit;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A {@link BetaQuadrature} of posteriors that start uniform and learn, built anew when it has become stale, and after so many
 * observations that their rounding is gone before it matters. One that was built anew differs from one that was led on in the
 * last digits; so a state holds what it was built from and the observations since, in their order, and restores to the bit.
 */
final class LowestMean {

    private static final String OWNER = "lowest mean";

    /** Between two builds, of each arm: so many that building costs little of an observation. */
    private static final int OBSERVATIONS_OF_AN_ARM = 512;

    /** Between two builds at most: so few that a state stays small. */
    private static final int MOST_OBSERVATIONS = 1 << 16;

    private static final int FIRST_ROOM = 256;

    /** Of each arm when the quadrature was built. */
    private final long[] failures;

    private final long[] successes;
    /** Twice the arm, and 1 more for a failure; the first {@link #count}. */
    private int[] observed = new int[FIRST_ROOM];

    private int count;
    private BetaQuadrature quadrature;

    LowestMean(int arms) {
        this(new long[arms], new long[arms]);
    }

    private LowestMean(long[] failures, long[] successes) {
        this.failures = failures;
        this.successes = successes;
        build();
    }

    private void build() {
        quadrature = new BetaQuadrature(
                Arrays.stream(failures).map(each -> 1 + each).toArray(),
                Arrays.stream(successes).map(each -> 1 + each).toArray());
    }

    /** Learns that an arm failed or succeeded once. */
    void observe(int arm, boolean failure) {
        if (count == observed.length) {
            observed = Arrays.copyOf(observed, 2 * count);
        }
        observed[count++] = 2 * arm + (failure ? 1 : 0);
        quadrature.observe(arm, failure);
        if (quadrature.isStale()
                || count >= Math.min((long) OBSERVATIONS_OF_AN_ARM * failures.length, MOST_OBSERVATIONS)) {
            for (int i = 0; i < count; i++) {
                (observed[i] % 2 == 1 ? failures : successes)[observed[i] / 2]++;
            }
            count = 0;
            build();
        }
    }

    /** An arm, by the probability that its mean is lowest. */
    int draw(RandomGenerator random) {
        return quadrature.draw(random);
    }

    /** The probability that an arm's mean is lowest. */
    double probability(int arm) {
        return quadrature.probability(arm);
    }

    State state() {
        return State.of(OWNER)
                .put("failures", failures)
                .put("successes", successes)
                .put("observed", Arrays.copyOf(observed, count));
    }

    /**
     * Reads what {@link #state} wrote.
     *
     * @throws StateException if it is of another number of arms, or damaged
     */
    static LowestMean from(State saved, int arms) {
        long[] failures = saved.require(OWNER).integers("failures", arms);
        long[] successes = saved.integers("successes", arms);
        long[] observed = saved.integers("observed");
        for (int arm = 0; arm < arms; arm++) {
            if (failures[arm] < 0 || successes[arm] < 0) {
                throw new StateException("the saved state has " + failures[arm] + " failures and " + successes[arm]
                        + " successes of arm " + arm + "; it is damaged");
            }
        }
        for (long each : observed) {
            if (each < 0 || each >= 2L * arms) {
                throw new StateException("the saved state has the observation " + each + ", and " + arms
                        + " arms have 0 to " + (2L * arms - 1) + "; it is damaged");
            }
        }
        LowestMean restored = new LowestMean(failures, successes);
        for (long each : observed) {
            restored.observe((int) (each / 2), each % 2 == 1);
        }
        return restored;
    }
}
