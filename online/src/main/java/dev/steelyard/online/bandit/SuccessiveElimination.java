package dev.steelyard.online.bandit;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.Arrays;

/**
 * Successive elimination, round robin: plays each arm that is left once a round, then drops those whose loss is surely
 * not the lowest. E. Even-Dar, S. Mannor, Y. Mansour, Action Elimination and Stopping Conditions for the Multi-Armed
 * Bandit, JMLR 7, 2006; the radius is {@code scale * sqrt(ln(2 K max(1, log2 T) / delta) / (2 N))}.
 */
public final class SuccessiveElimination extends PullBandit {

    private final double logTerm;
    private final double scale;
    private int[] active;
    private int position;

    /**
     * @param horizon rounds in all, T; at least 1
     * @param delta probability that the best arm may be dropped, in (0, 1); 1 / T is usual
     * @param scale of the radius; 1 is the theory's
     */
    public SuccessiveElimination(int arms, long horizon, double delta, double scale, long seed) {
        super("successive-elimination", arms, seed);
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, not " + horizon);
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must be in (0, 1), not " + delta);
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale must be above 0 and finite, not " + scale);
        }
        this.logTerm = Math.log(2.0 * arms * Math.max(1, Math.log(horizon) / Math.log(2)) / delta);
        this.scale = scale;
        this.active = new int[arms];
        Arrays.setAll(active, arm -> arm);
    }

    /** The arms that are left, in order. */
    public int[] activeArms() {
        return active.clone();
    }

    @Override
    Pull choose() {
        if (position == active.length) {
            active = survivors();
            position = 0;
        }
        return new Pull(active[position++], 1, true);
    }

    /** The arms that are surely not worse than another. */
    private int[] survivors() {
        double lowest = Double.POSITIVE_INFINITY;
        for (int arm : active) {
            lowest = Math.min(lowest, means[arm] + radius(arm));
        }
        double bound = lowest;
        return Arrays.stream(active)
                .filter(arm -> means[arm] - radius(arm) <= bound)
                .toArray();
    }

    private double radius(int arm) {
        return counts[arm] == 0 ? Double.POSITIVE_INFINITY : scale * Math.sqrt(logTerm / (2 * counts[arm]));
    }

    @Override
    public int recommendation() {
        int best = active[0];
        for (int arm : active) {
            if (means[arm] < means[best]) {
                best = arm;
            }
        }
        return best;
    }

    @Override
    public double probability(Void context, Integer arm) {
        int next = position == active.length ? survivors()[0] : active[position];
        return next == arm ? 1 : 0;
    }

    @Override
    void save(State state) {
        state.put("active", active).put("position", position);
    }

    @Override
    Runnable load(State state) {
        int[] savedActive = Arrays.stream(state.integers("active"))
                .mapToInt(Math::toIntExact)
                .toArray();
        int savedPosition = state.smallInteger("position");
        return () -> {
            active = savedActive;
            position = savedPosition;
        };
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    "successive-elimination",
                    "Plays the arms in turn and drops those that are surely not the best.",
                    new LearnerFactory.Option("horizon", "integer", true, "rounds in all, at least 1"),
                    new LearnerFactory.Option(
                            "delta", "number", false, "allowed error, in (0, 1); default 1 / horizon"),
                    new LearnerFactory.Option("scale", "number", false, "of the radius, above 0; default 1"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            long horizon = options.longInteger("horizon", 0);
            return new SuccessiveElimination(
                    arms,
                    horizon,
                    options.number("delta", 1.0 / Math.max(2, horizon)),
                    options.number("scale", 1),
                    seed);
        }
    }
}
