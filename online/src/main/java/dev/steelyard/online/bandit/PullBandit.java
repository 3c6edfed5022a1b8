package dev.steelyard.online.bandit;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.PendingDecisions;
import dev.steelyard.online.Policy;
import java.util.Arrays;

/**
 * What the bandits here have in common: per arm, how often it was asked for, and the losses that came back; the pulls
 * that wait for their loss; the random numbers.
 *
 * <p>A pull that waits counts as asked, so that an arm is not asked again and again only because its losses are late.
 */
abstract class PullBandit implements BanditLearner, Policy<Void, Integer> {

    private static final double UNKNOWN = 0.5;

    private final String name;
    private final int arms;
    final RestorableRandom random;
    /** How often each arm was asked for; whole numbers, as the index's quotients take them. */
    final double[] asked;

    final long[] counts;
    final double[] sums;
    /** The mean loss of each arm; one half, the middle of the range, before any. */
    final double[] means;

    private PendingDecisions<Pull> pending = new PendingDecisions<>();

    /**
     * A pull that waits for its loss.
     *
     * @param recorded whether its loss is to be learnt from
     */
    record Pull(int arm, double probability, boolean recorded) {}

    PullBandit(String name, int arms, long seed) {
        if (arms < 1) {
            throw new IllegalArgumentException("arms must be at least 1, not " + arms);
        }
        this.name = name;
        this.arms = arms;
        this.random = new RestorableRandom(seed);
        this.asked = new double[arms];
        this.counts = new long[arms];
        this.sums = new double[arms];
        this.means = new double[arms];
        Arrays.fill(means, UNKNOWN);
    }

    /** The next pull; may draw random numbers and move the schedule on. */
    abstract Pull choose();

    /** Learns a loss beyond the counts and sums, which are kept here. */
    void learn(Pull pull, double loss) {}

    /** Adds what a subclass knows beyond the counts and sums. */
    void save(State state) {}

    /** Reads all that {@link #save} wrote and gives what puts it in place, so that a bad state changes nothing. */
    Runnable load(State state) {
        return () -> {};
    }

    /** How many pulls were decided. */
    final long made() {
        return pending.made();
    }

    private double mean(int arm) {
        return counts[arm] == 0 ? UNKNOWN : sums[arm] / counts[arm];
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int arms() {
        return arms;
    }

    @Override
    public final Decision<Integer> decide(Void context) {
        Pull pull = choose();
        asked[pull.arm()]++;
        return new Decision<>(pending.open(pull), pull.arm(), pull.probability());
    }

    @Override
    public final void feedback(long decision, Double loss) {
        Pull pull = pending.get(decision);
        if (loss == null) {
            throw new InvalidOutcomeException("the loss of decision " + decision + " is missing");
        }
        InvalidOutcomeException.requireUnitLoss(decision, loss);
        pending.close(decision);
        if (pull.recorded()) {
            counts[pull.arm()]++;
            sums[pull.arm()] += loss;
            means[pull.arm()] = mean(pull.arm());
            learn(pull, loss);
        }
    }

    @Override
    public final void expire(long decision) {
        asked[pending.close(decision).arm()]--;
    }

    @Override
    public final int pending() {
        return pending.size();
    }

    @Override
    public int recommendation() {
        int best = 0;
        for (int arm = 1; arm < arms; arm++) {
            if (means[arm] < means[best]) {
                best = arm;
            }
        }
        return best;
    }

    @Override
    public final State snapshot() {
        State state = State.of(name)
                .put("random", random.state())
                .put(
                        "asked",
                        Arrays.stream(asked).mapToLong(each -> (long) each).toArray())
                .put("counts", counts)
                .put("sums", sums)
                .put("pending", pending.state(pull -> State.of("pull")
                        .put("arm", pull.arm())
                        .put("probability", pull.probability())
                        .put("recorded", pull.recorded())));
        save(state);
        return state;
    }

    @Override
    public final void restore(State snapshot) {
        snapshot.require(name);
        long[] savedAsked = snapshot.integers("asked", arms);
        long[] savedCounts = snapshot.integers("counts", arms);
        double[] savedSums = snapshot.doubles("sums", arms);
        PendingDecisions<Pull> savedPending = PendingDecisions.from(
                snapshot.state("pending"),
                pull -> new Pull(pull.smallInteger("arm"), pull.number("probability"), pull.flag("recorded")));
        Runnable rest = load(snapshot);
        random.restore(snapshot.state("random"));
        Arrays.setAll(asked, arm -> savedAsked[arm]);
        System.arraycopy(savedCounts, 0, counts, 0, arms);
        System.arraycopy(savedSums, 0, sums, 0, arms);
        Arrays.setAll(means, this::mean);
        pending = savedPending;
        rest.run();
    }
}
