package dev.steelyard.ranking.fairsubset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best committees. Items are taken or left in turn; since gains only fall as a committee grows, the worth so far plus
 * the largest gains of the items left bounds what can be reached.
 */
final class BranchAndBound {

    /** Worths closer than this share of the best are equal. */
    static final double TIE = 1e-12;

    private final RankingProfile profile;
    private final ScoreFunction function;
    private final int size;
    private final SelectionConstraint constraint;
    private final int[] order;
    private final int[] members;
    private final List<int[]> best = new ArrayList<>();
    private double bestValue = Double.NEGATIVE_INFINITY;
    private boolean all;

    BranchAndBound(
            RankingProfile profile, ScoreFunction function, int size, SelectionConstraint constraint, int[] order) {
        this.profile = profile;
        this.function = function;
        this.size = size;
        this.constraint = constraint;
        this.order = order;
        this.members = new int[size];
    }

    /** The first best committee in the items' order, or all of them. */
    List<int[]> best(boolean wantAll) {
        all = wantAll;
        search(
                0,
                0,
                0,
                new MarginalGains(profile, function, size),
                new int[constraint.groups().count()]);
        return best;
    }

    private void search(int next, int chosen, double value, MarginalGains gains, int[] counts) {
        if (chosen == size) {
            record(value);
            return;
        }
        if (order.length - next < size - chosen || !canMatch(value + bound(next, size - chosen, gains))) {
            return;
        }
        int item = order[next];
        int group = constraint.groups().group(item);
        if (constraint.admits(item, counts, size - chosen)) {
            MarginalGains with = gains.copy();
            double gain = gains.gain(item);
            with.add(item);
            members[chosen] = item;
            counts[group]++;
            search(next + 1, chosen + 1, value + gain, with, counts);
            counts[group]--;
        }
        if (canFill(next + 1, chosen, counts)) {
            search(next + 1, chosen, value, gains, counts);
        }
    }

    /** Whether the items left suffice for the lower bounds. */
    private boolean canFill(int next, int chosen, int[] counts) {
        int[] left = new int[counts.length];
        for (int place = next; place < order.length; place++) {
            left[constraint.groups().group(order[place])]++;
        }
        int reachable = chosen;
        for (int g = 0; g < counts.length; g++) {
            if (counts[g] + left[g] < constraint.lower().get(g)) {
                return false;
            }
            reachable += Math.min(left[g], constraint.upper().get(g) - counts[g]);
        }
        return reachable >= size;
    }

    private double bound(int next, int seats, MarginalGains gains) {
        double[] left = new double[order.length - next];
        for (int place = next; place < order.length; place++) {
            left[place - next] = gains.gain(order[place]);
        }
        Arrays.sort(left);
        double bound = 0;
        for (int seat = 0; seat < seats; seat++) {
            bound += left[left.length - 1 - seat];
        }
        return bound;
    }

    private boolean canMatch(double reachable) {
        double margin = TIE * Math.max(1, Math.abs(bestValue));
        return best.isEmpty() || (all ? reachable >= bestValue - margin : reachable > bestValue + margin);
    }

    private void record(double value) {
        if (!canMatch(value)) {
            return;
        }
        if (!best.isEmpty() && value > bestValue + TIE * Math.max(1, Math.abs(bestValue))) {
            best.clear();
        }
        if (best.isEmpty()) {
            bestValue = value;
        }
        best.add(members.clone());
    }
}
