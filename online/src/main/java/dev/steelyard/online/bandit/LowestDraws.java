package dev.steelyard.online.bandit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How often each arm has the lowest of the arms' draws, out of a number of draws of all arms. An arm's draws stay until its
 * distribution changes, and follow from a seed and that distribution: so a change costs the draws of one arm and not of all,
 * and the counts are a function of the distributions, whatever was before.
 */
final class LowestDraws {

    private final long seed;
    private final int arms;
    /** [draw][arm], a draw of all arms side by side. */
    private final double[] draws;
    /** The arm that is lowest in each draw; the lowest number on a tie. */
    private final int[] lowest;

    private final int[] wins;

    /** Nothing is drawn yet. */
    LowestDraws(int arms, int draws, long seed) {
        this.seed = seed;
        this.arms = arms;
        this.draws = new double[Math.multiplyExact(arms, draws)];
        this.lowest = new int[draws];
        this.wins = new int[arms];
        Arrays.fill(this.draws, Double.POSITIVE_INFINITY);
        wins[0] = draws;
    }

    long seed() {
        return seed;
    }

    /** In how many draws the arm is lowest. */
    int wins(int arm) {
        return wins[arm];
    }

    /** Draws an arm anew, from Beta(alpha, beta). */
    void draw(int arm, long alpha, long beta) {
        BetaDraws source = new BetaDraws(new SplittableRandom(mix(mix(mix(seed + arm) + alpha) + beta)));
        BetaDraws.Shape first = BetaDraws.Shape.of(alpha);
        BetaDraws.Shape second = BetaDraws.Shape.of(beta);
        for (int draw = 0; draw < lowest.length; draw++) {
            put(draw, arm, source.next(first, second));
        }
    }

    private void put(int draw, int arm, double value) {
        int row = draw * arms;
        double before = draws[row + arm];
        int winner = lowest[draw];
        draws[row + arm] = value;
        if (winner == arm ? value <= before : !precedes(value, arm, draws[row + winner], winner)) {
            return;
        }
        int now = winner == arm ? lowest(row) : arm;
        lowest[draw] = now;
        wins[winner]--;
        wins[now]++;
    }

    private static boolean precedes(double value, int arm, double other, int otherArm) {
        return value < other || value == other && arm < otherArm;
    }

    private int lowest(int row) {
        int best = 0;
        for (int arm = 1; arm < arms; arm++) {
            if (draws[row + arm] < draws[row + best]) {
                best = arm;
            }
        }
        return best;
    }

    /** D. Stafford's variant 13 of the mixing function of SplittableRandom, so that near seeds draw far apart. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
