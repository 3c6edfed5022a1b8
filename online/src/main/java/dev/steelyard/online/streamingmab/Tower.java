package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Levels of kings: an arm that beats its level's king takes the place; after so many challenges the level's king goes up and
 * is measured anew, by larger batches. One stored arm a level.
 */
public final class Tower implements Exploration {

    private static final int NO_FINAL = -1;
    private static final int FINAL_DONE = -2;

    private final String name;
    /** Pulls of a batch, per level. */
    private double[] batches;

    private final Sizes sizes;
    /** Challenges after which a level's king goes up; the top's never does. */
    private final double[] capacities;

    private final King[] kings;
    private final long[] challenges;
    private int finalLevel = NO_FINAL;
    private King finalBest;

    /** How large the batches of so many levels are by a scale. */
    @FunctionalInterface
    private interface Sizes {
        double[] of(StreamScale scale, int levels);
    }

    private Tower(String name, StreamScale scale, double[] capacities, Sizes sizes) {
        this.name = name;
        this.sizes = sizes;
        this.batches = sizes.of(scale, capacities.length);
        this.capacities = capacities;
        this.kings = new King[batches.length];
        this.challenges = new long[batches.length];
    }

    /** O(log K) levels: batches 1.2^l/eps^2, six challenges. */
    public static Tower log(StreamScale scale) {
        int levels = Math.max(1, (int) Math.floor(scale.logArms()));
        double[] capacities = new double[levels];
        Arrays.fill(capacities, 6);
        return new Tower("tower-log", scale, capacities, Tower::growing);
    }

    /** O(log log K) levels: batches 1.2^l/eps^2, at the top ln K/eps^2, ten challenges. */
    public static Tower logLog(StreamScale scale) {
        double logLog = Math.log(scale.logArms());
        int levels = scale.arms() <= 2 ? 2 : Math.max(2, (int) Math.floor(logLog) + 1);
        double[] capacities = new double[levels];
        Arrays.fill(capacities, 10);
        return new Tower("tower-loglog", scale, capacities, (measure, count) -> {
            double[] batches = growing(measure, count);
            batches[count - 1] = measure.logArms() * measure.unit();
            return batches;
        });
    }

    private static double[] growing(StreamScale scale, int levels) {
        double[] batches = new double[levels];
        Arrays.setAll(batches, l -> Math.pow(1.2, l) * scale.unit());
        return batches;
    }

    /** O(log* K) levels: batches and challenges grow like towers of powers of two. */
    public static Tower logStar(StreamScale scale) {
        double[] capacities = new double[1 + iteratedLog(scale.arms())];
        double r = 2;
        for (int l = 0; l < capacities.length; l++) {
            capacities[l] = l == 0 ? 4 : Math.min(Math.pow(2, r), 1e9);
            r = Math.min(Math.pow(2, r), 60);
        }
        return new Tower("tower-logstar", scale, capacities, (measure, count) -> {
            double[] batches = new double[count];
            double rank = 2;
            for (int l = 0; l < count; l++) {
                batches[l] = l == 0 ? measure.unit() : measure.unit() * Math.min(rank, 2 * measure.logArms());
                rank = Math.min(Math.pow(2, rank), 60);
            }
            return batches;
        });
    }

    /**
     * O(log* K) levels with the constants of the theory (S. Assadi, C. Wang, STOC 2020): r_1 = 4, r_(l+1) = 2^r_l, eps_l =
     * eps/(10 2^(l-1)), batches 4 (ln(1/delta) + 3 r_l)/eps_l^2, capacities 2^r_l / 2^(l-1). They need a huge T.
     *
     * @param delta probability of failure, in (0, 1)
     */
    public static Tower theory(StreamScale scale, double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must be in (0, 1), not " + delta);
        }
        double[] capacities = new double[1 + iteratedLog(scale.arms())];
        double r = 4;
        for (int l = 0; l < capacities.length; l++) {
            capacities[l] = Math.min(Math.pow(2, r) / Math.pow(2, l), Double.MAX_VALUE);
            r = Math.min(Math.pow(2, r), 1000);
        }
        return new Tower("tower-theory", scale, capacities, (measure, count) -> {
            double[] batches = new double[count];
            double rank = 4;
            for (int l = 0; l < count; l++) {
                double accuracy = measure.accuracy() / (10 * Math.pow(2, l));
                batches[l] = measure.factor() * 4 / (accuracy * accuracy) * (Math.log(1 / delta) + 3 * rank);
                rank = Math.min(Math.pow(2, rank), 1000);
            }
            return batches;
        });
    }

    /** How often ln must be taken until it is at most 1. */
    static int iteratedLog(double value) {
        int times = 0;
        for (double left = value; left > 1; left = Math.log(left)) {
            times++;
        }
        return times;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Batch> offer(String arm) {
        return Optional.of(Batch.of(arm, 0, batches[0]));
    }

    @Override
    public Optional<Batch> completed(Batch batch, double mean) {
        if (finalLevel != NO_FINAL) {
            return compareNext(new King(batch.arm(), mean));
        }
        int level = batch.level();
        challenges[level]++;
        if (kings[level] == null || mean > kings[level].mean()) {
            kings[level] = new King(batch.arm(), mean);
        }
        if (level + 1 < kings.length && challenges[level] >= capacities[level]) {
            String promoted = kings[level].arm();
            kings[level] = null;
            challenges[level] = 0;
            return Optional.of(Batch.of(promoted, level + 1, batches[level + 1]));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Batch> finish() {
        List<King> left = new ArrayList<>(Arrays.asList(kings));
        left.removeIf(king -> king == null);
        if (left.size() <= 1) {
            return Optional.empty();
        }
        finalLevel = kings.length - 1;
        return nextFinal();
    }

    private Optional<Batch> compareNext(King measured) {
        if (finalBest == null || measured.mean() > finalBest.mean()) {
            finalBest = measured;
        }
        finalLevel--;
        return nextFinal();
    }

    /** From the top, whose king came first of all, so that it stays on a tie. */
    private Optional<Batch> nextFinal() {
        while (finalLevel >= 0 && kings[finalLevel] == null) {
            finalLevel--;
        }
        if (finalLevel >= 0) {
            return Optional.of(Batch.of(kings[finalLevel].arm(), finalLevel, batches[batches.length - 1]));
        }
        finalLevel = FINAL_DONE;
        return Optional.empty();
    }

    /** After the comparison its winner; before, the king of the highest level. */
    @Override
    public Optional<String> best() {
        return Optional.ofNullable(chosen()).map(King::arm);
    }

    private King chosen() {
        if (finalLevel == FINAL_DONE) {
            return finalBest;
        }
        for (int level = kings.length - 1; level >= 0; level--) {
            if (kings[level] != null) {
                return kings[level];
            }
        }
        return null;
    }

    @Override
    public double bestMean() {
        return chosen() == null ? Double.NaN : chosen().mean();
    }

    @Override
    public Set<String> kept() {
        return King.arms(kings);
    }

    /** The levels stay as many as they are. */
    @Override
    public void rescale(StreamScale scale) {
        batches = sizes.of(scale, kings.length);
    }

    @Override
    public int stored() {
        return (int) Arrays.stream(kings).filter(king -> king != null).count();
    }

    @Override
    public int capacity() {
        return kings.length;
    }

    @Override
    public State state() {
        State state = State.of(name).put("challenges", challenges).put("finalLevel", finalLevel);
        for (int level = 0; level < kings.length; level++) {
            King.put(state, "king" + level, kings[level]);
        }
        King.put(state, "finalBest", finalBest);
        return state;
    }

    @Override
    public Runnable load(State saved) {
        long[] savedChallenges = saved.require(name).integers("challenges", challenges.length);
        int savedFinalLevel = saved.smallInteger("finalLevel");
        King savedFinalBest = King.get(saved, "finalBest");
        King[] savedKings = new King[kings.length];
        Arrays.setAll(savedKings, level -> King.get(saved, "king" + level));
        return () -> {
            System.arraycopy(savedChallenges, 0, challenges, 0, challenges.length);
            System.arraycopy(savedKings, 0, kings, 0, kings.length);
            finalLevel = savedFinalLevel;
            finalBest = savedFinalBest;
        };
    }
}
