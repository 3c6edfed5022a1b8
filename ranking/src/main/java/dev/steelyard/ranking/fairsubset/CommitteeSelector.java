package dev.steelyard.ranking.fairsubset;

import dev.steelyard.ranking.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Chooses the committee of most worth that keeps to the bounds of the groups: by sorting where the scores add up, else
 * greedily or by branch and bound. Ties go to the smaller item, or are broken at random.
 *
 * <p>Greedy selection reaches 1 - 1/e of the best worth without bounds and 1/2 of it with upper bounds.
 */
public final class CommitteeSelector implements Selector<RankingProfile, SelectionConstraint, Committee> {

    private final ScoreFunction function;
    private final Method method;
    private final RandomGenerator ties;

    /** How to search where scores do not add up. */
    public enum Method {
        /** By marginal gain: n m k steps. */
        GREEDY,
        /** The best committee, by branch and bound; may take exponential time. */
        EXACT
    }

    /** Ties go to the smaller item. */
    public CommitteeSelector(ScoreFunction function, Method method) {
        this(function, method, null);
    }

    private CommitteeSelector(ScoreFunction function, Method method, RandomGenerator ties) {
        this.function = function;
        this.method = method;
        this.ties = ties;
    }

    /** The same, with ties broken at random. */
    public CommitteeSelector withRandomTies(RandomGenerator random) {
        return new CommitteeSelector(function, method, random);
    }

    @Override
    public Committee select(RankingProfile profile, int size, SelectionConstraint constraint) {
        constraint.requireFeasible(profile.items(), size);
        int[] order = order(profile.items());
        if (function.isSeparable(size)) {
            return committee(profile, constraint, separable(profile, size, constraint, order), true);
        }
        int[] greedy = greedy(profile, size, constraint, order);
        if (method == Method.GREEDY) {
            return committee(profile, constraint, greedy, size == profile.items());
        }
        List<int[]> best = new BranchAndBound(profile, function, size, constraint, order).best(false);
        return committee(profile, constraint, best.getFirst(), true);
    }

    /**
     * All committees of most worth.
     *
     * @throws IllegalArgumentException as {@link #select}
     */
    public List<Committee> selectAll(RankingProfile profile, int size, SelectionConstraint constraint) {
        constraint.requireFeasible(profile.items(), size);
        return new BranchAndBound(profile, function, size, constraint, order(profile.items()))
                .best(true).stream()
                        .map(members -> committee(profile, constraint, members, true))
                        .sorted(Comparator.comparing(
                                committee -> committee.items().toString()))
                        .toList();
    }

    /**
     * The committee for each exact number q of seats for one group of two, for q that both groups can fill; what to show
     * to whoever decides on a quota.
     *
     * @param group whose seats are counted
     * @throws IllegalArgumentException if there are not two groups
     */
    public List<Committee> selectForEachQuota(RankingProfile profile, int size, Groups groups, int group) {
        if (groups.count() != 2) {
            throw new IllegalArgumentException("a table over quotas needs two groups, not " + groups.count());
        }
        int[] sizes = groups.sizes();
        List<Committee> committees = new ArrayList<>();
        for (int q = 0; q <= size; q++) {
            if (q <= sizes[group] && size - q <= sizes[1 - group]) {
                int[] counts = {size - q, size - q};
                counts[group] = q;
                committees.add(select(profile, size, SelectionConstraint.exactly(groups, counts)));
            }
        }
        return committees;
    }

    private int[] order(int items) {
        int[] order = new int[items];
        Arrays.setAll(order, i -> i);
        for (int i = items - 1; ties != null && i > 0; i--) {
            int j = ties.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private Committee committee(
            RankingProfile profile, SelectionConstraint constraint, int[] members, boolean optimal) {
        return new Committee(
                Arrays.stream(members).boxed().toList(),
                function.value(profile, members),
                Arrays.stream(constraint.groups().counts(members)).boxed().toList(),
                optimal);
    }

    /** The best of each group up to its lower bound, then the best that the upper bounds admit. */
    private int[] separable(RankingProfile profile, int size, SelectionConstraint constraint, int[] order) {
        double[] scores = function.itemScores(profile);
        double unit = unit(scores);
        int[] sorted = Arrays.stream(order)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -rounded(scores[item], unit)))
                .mapToInt(item -> item)
                .toArray();
        int[] members = new int[size];
        int[] counts = new int[constraint.groups().count()];
        boolean[] chosen = new boolean[sorted.length];
        int seat = 0;
        for (int item : sorted) {
            int group = constraint.groups().group(item);
            if (counts[group] < constraint.lower().get(group)) {
                chosen[item] = true;
                counts[group]++;
                members[seat++] = item;
            }
        }
        for (int item : sorted) {
            int group = constraint.groups().group(item);
            if (seat < size
                    && !chosen[item]
                    && counts[group] < constraint.upper().get(group)) {
                counts[group]++;
                members[seat++] = item;
            }
        }
        return members;
    }

    /** The order in which rankings are added must not decide between equal sums of fractions. */
    private static double unit(double[] worths) {
        return BranchAndBound.TIE * Arrays.stream(worths).max().orElse(0);
    }

    private static double rounded(double worth, double unit) {
        return unit == 0 ? worth : Math.rint(worth / unit);
    }

    private record Candidate(int place, double gain) {}

    /** Lazily: an item's gain only falls as the committee grows, so an old gain is a bound. */
    private int[] greedy(RankingProfile profile, int size, SelectionConstraint constraint, int[] order) {
        MarginalGains gains = new MarginalGains(profile, function, size);
        PriorityQueue<Candidate> queue = new PriorityQueue<>(
                Comparator.comparingDouble((Candidate c) -> -c.gain()).thenComparingInt(Candidate::place));
        double[] alone = Arrays.stream(order).mapToDouble(gains::gain).toArray();
        double unit = unit(alone);
        for (int place = 0; place < order.length; place++) {
            queue.add(new Candidate(place, rounded(alone[place], unit)));
        }
        int[] members = new int[size];
        int[] counts = new int[constraint.groups().count()];
        for (int seat = 0; seat < size; seat++) {
            List<Candidate> barred = new ArrayList<>();
            while (true) {
                Candidate top = queue.remove();
                int item = order[top.place()];
                if (!constraint.admits(item, counts, size - seat)) {
                    barred.add(top);
                    continue;
                }
                Candidate fresh = new Candidate(top.place(), rounded(gains.gain(item), unit));
                if (queue.isEmpty() || queue.comparator().compare(fresh, queue.peek()) <= 0) {
                    members[seat] = item;
                    counts[constraint.groups().group(item)]++;
                    gains.add(item);
                    break;
                }
                queue.add(fresh);
            }
            queue.addAll(barred);
        }
        return members;
    }
}
