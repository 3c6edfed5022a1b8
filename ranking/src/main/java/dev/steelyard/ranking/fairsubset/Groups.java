package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which group each item belongs to.
 *
 * @param of the group's number of each item
 * @param names of the groups
 */
public record Groups(List<Integer> of, List<String> names) {

    public Groups {
        of = List.copyOf(of);
        names = List.copyOf(names);
        for (int item = 0; item < of.size(); item++) {
            if (of.get(item) < 0 || of.get(item) >= names.size()) {
                throw new IllegalArgumentException("item " + item + " is of group " + of.get(item) + "; there are "
                        + names.size() + ", counted from 0");
            }
        }
    }

    /** Groups by number, named G1, G2, ... */
    public static Groups of(int... groupOfItem) {
        int count = Arrays.stream(groupOfItem).max().orElse(0) + 1;
        String[] names = new String[count];
        Arrays.setAll(names, g -> "G" + (g + 1));
        return new Groups(Arrays.stream(groupOfItem).boxed().toList(), List.of(names));
    }

    /** One group of all items. */
    public static Groups single(int items) {
        return of(new int[items]);
    }

    public int items() {
        return of.size();
    }

    public int count() {
        return names.size();
    }

    public int group(int item) {
        return of.get(item);
    }

    /** How many items of each group there are. */
    public int[] sizes() {
        return counts(IntStream.range(0, items()).toArray());
    }

    /** How many of the items are of each group. */
    public int[] counts(int... items) {
        int[] counts = new int[count()];
        for (int item : items) {
            counts[group(item)]++;
        }
        return counts;
    }
}
