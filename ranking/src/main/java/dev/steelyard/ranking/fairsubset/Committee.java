package dev.steelyard.ranking.fairsubset;

import java.util.List;

/**
 * Who was chosen.
 *
 * @param items by growing number
 * @param value of the score function on the profile that was selected from
 * @param groupCounts members of each group
 * @param optimal whether no committee that keeps to the constraint is worth more
 */
public record Committee(List<Integer> items, double value, List<Integer> groupCounts, boolean optimal) {

    public Committee {
        items = items.stream().sorted().toList();
        groupCounts = List.copyOf(groupCounts);
    }

    /** The members as an array. */
    public int[] members() {
        return items.stream().mapToInt(item -> item).toArray();
    }
}
