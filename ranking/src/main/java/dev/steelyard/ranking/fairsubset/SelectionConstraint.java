package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many items of each group a committee must have and may have.
 *
 * @param groups of the items
 * @param lower per group
 * @param upper per group
 */
public record SelectionConstraint(Groups groups, List<Integer> lower, List<Integer> upper) {

    public SelectionConstraint {
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
        if (lower.size() != groups.count() || upper.size() != groups.count()) {
            throw new IllegalArgumentException("there are " + groups.count() + " groups, but " + lower.size()
                    + " lower and " + upper.size() + " upper bounds");
        }
        for (int g = 0; g < groups.count(); g++) {
            if (lower.get(g) < 0 || lower.get(g) > upper.get(g)) {
                throw new IllegalArgumentException(
                        "the bounds of group " + groups.names().get(g) + " are " + lower.get(g) + " to " + upper.get(g)
                                + "; they must be 0 <= lower <= upper");
            }
        }
    }

    /** No constraint. */
    public static SelectionConstraint none(int items) {
        return none(Groups.single(items));
    }

    /** No constraint, with groups that are counted. */
    public static SelectionConstraint none(Groups groups) {
        return of(groups, new int[groups.count()], groups.sizes());
    }

    /** Bounds per group. */
    public static SelectionConstraint of(Groups groups, int[] lower, int[] upper) {
        return new SelectionConstraint(
                groups,
                Arrays.stream(lower).boxed().toList(),
                Arrays.stream(upper).boxed().toList());
    }

    /** Exactly so many of each group. */
    public static SelectionConstraint exactly(Groups groups, int... counts) {
        return of(groups, counts, counts);
    }

    /** At least so many of a group. */
    public static SelectionConstraint atLeast(Groups groups, int group, int count) {
        int[] lower = new int[groups.count()];
        lower[group] = count;
        int[] upper =
                Arrays.stream(groups.sizes()).map(size -> Math.max(size, 0)).toArray();
        upper[group] = Math.max(upper[group], count);
        return of(groups, lower, upper);
    }

    /** Seats in proportion to the groups' sizes, the rest by largest remainder (the earlier group on a tie). */
    public static SelectionConstraint proportional(Groups groups, int size) {
        int[] sizes = groups.sizes();
        int[] seats = new int[sizes.length];
        double[] remainders = new double[sizes.length];
        for (int g = 0; g < sizes.length; g++) {
            long scaled = (long) size * sizes[g];
            seats[g] = (int) (scaled / groups.items());
            remainders[g] = scaled % groups.items();
        }
        while (Arrays.stream(seats).sum() < size) {
            int largest = 0;
            for (int g = 1; g < seats.length; g++) {
                largest = remainders[g] > remainders[largest] ? g : largest;
            }
            seats[largest]++;
            remainders[largest] = -1;
        }
        return exactly(groups, seats);
    }

    /**
     * Checks that a committee of a size can keep to the bounds.
     *
     * @throws IllegalArgumentException if none can; the message says which bound stands against it
     */
    public void requireFeasible(int items, int size) {
        if (groups.items() != items) {
            throw new IllegalArgumentException(
                    items + " items are ranked, but " + groups.items() + " have a group; give each item a group");
        }
        if (size < 1 || size > items) {
            throw new IllegalArgumentException(
                    "the committee's size must be between 1 and the " + items + " items, not " + size);
        }
        int[] sizes = groups.sizes();
        int most = 0;
        for (int g = 0; g < sizes.length; g++) {
            if (lower.get(g) > sizes[g]) {
                throw new IllegalArgumentException("group " + groups.names().get(g) + " must have at least "
                        + lower.get(g) + " seats, but has " + sizes[g] + " items only");
            }
            most += Math.min(upper.get(g), sizes[g]);
        }
        int least = lower.stream().mapToInt(bound -> bound).sum();
        if (least > size) {
            throw new IllegalArgumentException(
                    "the lower bounds " + described(lower) + " add up to " + least + " seats of " + size);
        }
        if (most < size) {
            throw new IllegalArgumentException("the upper bounds " + described(upper) + " and the groups' sizes leave "
                    + most + " seats of " + size);
        }
    }

    private String described(List<Integer> bounds) {
        return IntStream.range(0, bounds.size())
                .mapToObj(g -> groups.names().get(g) + "=" + bounds.get(g))
                .toList()
                .toString();
    }

    /** Whether an item may join members of these counts, so that the bounds can still be kept in the seats left. */
    boolean admits(int item, int[] counts, int seatsLeft) {
        int group = groups.group(item);
        if (counts[group] >= upper.get(group)) {
            return false;
        }
        int unmet = 0;
        for (int g = 0; g < counts.length; g++) {
            unmet += Math.max(0, lower.get(g) - counts[g] - (g == group ? 1 : 0));
        }
        return unmet <= seatsLeft - 1;
    }
}
