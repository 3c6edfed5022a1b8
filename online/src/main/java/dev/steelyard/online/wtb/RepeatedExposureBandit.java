package dev.steelyard.online.wtb;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.PendingDecisions;
import dev.steelyard.online.bandit.BanditFactory;
import dev.steelyard.online.bandit.BanditLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.Arrays;

/**
 * Successive elimination with burn-in: plays each arm that is left M + 2^s times in a row in epoch s, ignores the first M
 * losses, which load the memory, and drops arms whose later losses are surely not the lowest.
 *
 * <p>One instance serves one user or cohort, whose memory it is. While losses are late the arm in turn is played on, which
 * is harmless: exposure continues; each loss belongs to its own play, whenever it comes. The schedule is deterministic:
 * every propensity is 1, and such a log cannot evaluate other policies by inverse propensities.
 *
 * <p>Malik, Igoe, Li, Singh: Weighted Tallying Bandits, ICML 2023, arXiv 2305.02955. The exact schedule and constants
 * deliver the paper's rate and may not be the paper's own.
 */
public final class RepeatedExposureBandit implements BanditLearner {

    private static final String NAME = "repeated-exposure";
    private static final int SMALLEST_WINDOW = 16;
    private static final double SUSPICIOUS_ERRORS = 3;

    private final RepeatedExposureOptions options;
    private final double logTerm;
    private PendingDecisions<Play> pending = new PendingDecisions<>();
    private int[] active;
    private double[] sums;
    private double[] squares;
    private long[] counts;
    private long plays;
    private long reopened;
    private int epoch = 1;
    private int position;
    private int lastArm = -1;
    private Block block;
    private long blocks;
    private boolean shortMemory;

    /** What a play was for. */
    public enum Phase {
        /** The memory is being loaded; losses do not count. */
        BURN_IN,
        /** Losses count. */
        RECORD,
        /** One arm is left, or the horizon is over. */
        COMMITTED
    }

    /** A play that waits for its loss; {@code recorded} is its number in the block's window, or -1. */
    private record Play(int arm, long block, long recorded) {}

    /** An arm's turn. */
    private static final class Block {
        private final long number;
        private final int arm;
        private final long window;
        private int burnIn;
        private long decided;
        private long settled;
        /** Count, sum, sum of squares of the window's first and second half. */
        private final double[] halves = new double[6];

        private Block(long number, int arm, long window, int burnIn) {
            this.number = number;
            this.arm = arm;
            this.window = window;
            this.burnIn = burnIn;
        }
    }

    public RepeatedExposureBandit(RepeatedExposureOptions options) {
        this.options = options;
        this.logTerm = Math.log(2.0 * options.arms() * logHorizon() / options.delta());
        open();
    }

    private double logHorizon() {
        return Math.max(1, Math.log(options.horizon()) / Math.log(2));
    }

    private void open() {
        active = new int[options.arms()];
        Arrays.setAll(active, arm -> arm);
        sums = new double[active.length];
        squares = new double[active.length];
        counts = new long[active.length];
        epoch = 1;
        position = 0;
        block = null;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int arms() {
        return options.arms();
    }

    @Override
    public Decision<Integer> decide(Void context) {
        if (options.reopenEvery() > 0 && plays - reopened >= options.reopenEvery() && plays < options.horizon()) {
            reopened = plays;
            open();
        }
        Play play = next();
        plays++;
        lastArm = play.arm();
        return new Decision<>(pending.open(play), play.arm(), 1);
    }

    private Play next() {
        if (isCommitted()) {
            return new Play(recommendation(), -1, -1);
        }
        if (block == null) {
            int arm = active[position];
            boolean loaded = options.skipBurnIn() && arm == lastArm;
            block = new Block(blocks++, arm, 1L << Math.min(epoch, 62), loaded ? 0 : options.memory());
        }
        if (block.burnIn > 0) {
            block.burnIn--;
            return new Play(block.arm, block.number, -1);
        }
        if (block.decided < block.window) {
            return new Play(block.arm, block.number, block.decided++);
        }
        // The window's losses are late: the exposure goes on.
        return new Play(block.arm, block.number, -1);
    }

    private boolean isCommitted() {
        return active.length == 1 || plays >= options.horizon();
    }

    /** What the next play is for. */
    public Phase phase() {
        if (isCommitted()) {
            return Phase.COMMITTED;
        }
        boolean loads = block == null ? options.memory() > 0 : block.burnIn > 0;
        return loads ? Phase.BURN_IN : Phase.RECORD;
    }

    @Override
    public void feedback(long decision, Double loss) {
        Play play = pending.get(decision);
        if (loss == null) {
            throw new InvalidOutcomeException("the loss of decision " + decision + " is missing");
        }
        InvalidOutcomeException.requireUnitLoss(decision, loss);
        pending.close(decision);
        if (isRecorded(play)) {
            sums[play.arm()] += loss;
            squares[play.arm()] += loss * loss;
            counts[play.arm()]++;
            int half = play.recorded() < block.window / 2 ? 0 : 3;
            block.halves[half]++;
            block.halves[half + 1] += loss;
            block.halves[half + 2] += loss * loss;
            settle();
        }
    }

    @Override
    public void expire(long decision) {
        if (isRecorded(pending.close(decision))) {
            settle();
        }
    }

    /** Plays of an arm's turn that is over, as after all arms came back, teach nothing any more. */
    private boolean isRecorded(Play play) {
        return play.recorded() >= 0 && block != null && block.number == play.block();
    }

    private void settle() {
        block.settled++;
        if (block.settled < block.window) {
            return;
        }
        shortMemory |= drifts(block);
        block = null;
        position++;
        if (position == active.length) {
            eliminate();
            epoch++;
            position = 0;
        }
    }

    private boolean drifts(Block ended) {
        double[] halves = ended.halves;
        if (ended.window < SMALLEST_WINDOW || halves[0] < 2 || halves[3] < 2) {
            return false;
        }
        double first = halves[1] / halves[0];
        double second = halves[4] / halves[3];
        double variance = Math.max(0, halves[2] / halves[0] - first * first) / halves[0]
                + Math.max(0, halves[5] / halves[3] - second * second) / halves[3];
        return Math.abs(first - second) > SUSPICIOUS_ERRORS * Math.sqrt(variance) && first != second;
    }

    private void eliminate() {
        double lowest = Double.POSITIVE_INFINITY;
        for (int arm : active) {
            lowest = Math.min(lowest, counts[arm] == 0 ? Double.POSITIVE_INFINITY : mean(arm) + radius(arm));
        }
        double bound = lowest;
        active = Arrays.stream(active)
                .filter(arm -> counts[arm] == 0 || mean(arm) - radius(arm) <= bound)
                .toArray();
        for (int i = 1; options.previousArmFirst() && i < active.length; i++) {
            if (active[i] == lastArm) {
                System.arraycopy(active, 0, active, 1, i);
                active[0] = lastArm;
            }
        }
    }

    /**
     * Says that exposure was interrupted: the next M plays load the memory again and do not count. Without effect once
     * committed.
     */
    public void gap() {
        if (block != null) {
            block.burnIn = options.memory();
        }
        lastArm = -1;
    }

    /** The arms that are left, in the order of their turns. */
    public int[] activeArms() {
        return active.clone();
    }

    /** The mean of an arm's recorded losses; NaN before any. */
    public double mean(int arm) {
        return counts[arm] == 0 ? Double.NaN : sums[arm] / counts[arm];
    }

    /** How far an arm's mean may be off: c sqrt(ln(2 K max(1, log2 T)/delta) / (2 N)); infinite before any loss. */
    public double radius(int arm) {
        long n = counts[arm];
        if (n == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double radius = options.scale() * Math.sqrt(logTerm / (2 * n));
        if (!options.varianceAware()) {
            return radius;
        }
        double variance = Math.max(0, squares[arm] / n - mean(arm) * mean(arm));
        double logThree = Math.log(3 * 2 * options.arms() * logHorizon() / options.delta());
        return Math.min(radius, Math.sqrt(2 * variance * logThree / n) + 3 * logThree / n);
    }

    /** How many of an arm's losses were recorded. */
    public long recorded(int arm) {
        return counts[arm];
    }

    /** The epoch, from 1. */
    public int epoch() {
        return epoch;
    }

    /** How many plays were decided. */
    public long plays() {
        return plays;
    }

    /**
     * Whether in some turn the first and the second half of the recorded losses differed by more than three standard
     * errors, which suggests that the memory is longer than M.
     */
    public boolean suspectsLongerMemory() {
        return shortMemory;
    }

    @Override
    public int recommendation() {
        int best = active[0];
        for (int arm : active) {
            if (counts[arm] > 0 && (counts[best] == 0 || mean(arm) < mean(best))) {
                best = arm;
            }
        }
        return best;
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public State snapshot() {
        State state = State.of(NAME)
                .put("active", active)
                .put("sums", sums)
                .put("squares", squares)
                .put("counts", counts)
                .put("plays", plays)
                .put("reopened", reopened)
                .put("epoch", epoch)
                .put("position", position)
                .put("lastArm", lastArm)
                .put("blocks", blocks)
                .put("shortMemory", shortMemory)
                .put("pending", pending.state(play -> State.of("play")
                        .put("arm", play.arm())
                        .put("block", play.block())
                        .put("recorded", play.recorded())));
        if (block != null) {
            state.put(
                    "block",
                    State.of("block")
                            .put("number", block.number)
                            .put("arm", block.arm)
                            .put("window", block.window)
                            .put("burnIn", block.burnIn)
                            .put("decided", block.decided)
                            .put("settled", block.settled)
                            .put("halves", block.halves));
        }
        return state;
    }

    @Override
    public void restore(State snapshot) {
        int arms = options.arms();
        int[] savedActive = Arrays.stream(snapshot.require(NAME).integers("active"))
                .mapToInt(arm -> (int) arm)
                .toArray();
        double[] savedSums = snapshot.doubles("sums", arms);
        double[] savedSquares = snapshot.doubles("squares", arms);
        long[] savedCounts = snapshot.integers("counts", arms);
        long savedPlays = snapshot.integer("plays");
        long savedReopened = snapshot.integer("reopened");
        int savedEpoch = snapshot.smallInteger("epoch");
        int savedPosition = snapshot.smallInteger("position");
        int savedLastArm = snapshot.smallInteger("lastArm");
        long savedBlocks = snapshot.integer("blocks");
        boolean savedShortMemory = snapshot.flag("shortMemory");
        PendingDecisions<Play> savedPending = PendingDecisions.from(
                snapshot.state("pending"),
                play -> new Play(play.smallInteger("arm"), play.integer("block"), play.integer("recorded")));
        block = snapshot.has("block") ? block(snapshot.state("block")) : null;
        active = savedActive;
        sums = savedSums;
        squares = savedSquares;
        counts = savedCounts;
        plays = savedPlays;
        reopened = savedReopened;
        epoch = savedEpoch;
        position = savedPosition;
        lastArm = savedLastArm;
        blocks = savedBlocks;
        shortMemory = savedShortMemory;
        pending = savedPending;
    }

    private static Block block(State saved) {
        double[] halves = saved.doubles("halves", 6);
        Block block = new Block(
                saved.integer("number"),
                saved.smallInteger("arm"),
                saved.integer("window"),
                saved.smallInteger("burnIn"));
        block.decided = saved.integer("decided");
        block.settled = saved.integer("settled");
        System.arraycopy(halves, 0, block.halves, 0, halves.length);
        return block;
    }

    /** Makes these bandits from JSON options. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    NAME,
                    "Finds the arm that is best when it is repeated, where an arm's loss depends on how often it was played"
                            + " of late: one instance a user.",
                    new LearnerFactory.Option("horizon", "integer", true, "plays in all"),
                    new LearnerFactory.Option("memory", "integer", true, "upper bound of how many plays back matter"),
                    new LearnerFactory.Option(
                            "delta", "number", false, "chance to drop the best arm; default 1/horizon"),
                    new LearnerFactory.Option("scale", "number", false, "of the radius; default 1, 0.5 is practical"),
                    new LearnerFactory.Option(
                            "skipBurnIn", "boolean", false, "no burn-in for the arm just played; default false"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            RepeatedExposureOptions defaults =
                    RepeatedExposureOptions.of(arms, options.longInteger("horizon", 1), options.integer("memory", 0));
            return new RepeatedExposureBandit(RepeatedExposureOptionsBuilder.builder(defaults)
                    .delta(options.number("delta", defaults.delta()))
                    .scale(options.number("scale", defaults.scale()))
                    .skipBurnIn(options.flag("skipBurnIn", false))
                    .build());
        }
    }
}
