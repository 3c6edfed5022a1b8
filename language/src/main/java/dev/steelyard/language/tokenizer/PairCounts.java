package dev.steelyard.language.tokenizer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * How often each pair of neighbouring tokens occurs in a list of words, kept up to date under merges: a merge visits
 * only the words that hold the pair. The queue may hold outdated entries; they are put right when they come up.
 */
final class PairCounts {

    /** No pair. */
    static final long NONE = -1;

    private final int[][] words;
    private final int[] frequencies;
    private final Map<Long, Occurrence> occurrences = new HashMap<>();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(
            Comparator.comparingLong(Entry::count).reversed().thenComparingLong(Entry::pair));

    private record Entry(long pair, long count) {}

    /** The count of a pair, and the words that hold it or once did. */
    private static final class Occurrence {
        private long count;
        private final Set<Integer> words = new LinkedHashSet<>();
    }

    /** Words as token ids, which are merged in place, and how often each word occurs. */
    PairCounts(int[][] words, int[] frequencies) {
        this.words = words;
        this.frequencies = frequencies;
        for (int word = 0; word < words.length; word++) {
            for (int i = 0; i + 1 < words[word].length; i++) {
                change(pair(words[word][i], words[word][i + 1]), word, frequencies[word]);
            }
        }
        occurrences.forEach((pair, occurrence) -> queue.add(new Entry(pair, occurrence.count)));
    }

    static long pair(int left, int right) {
        return (long) left << Integer.SIZE | right;
    }

    static int left(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    static int right(long pair) {
        return (int) pair;
    }

    /** Takes the most frequent pair out, or {@link #NONE} when none occurs often enough. */
    long mostFrequent(int minimum) {
        while (!queue.isEmpty()) {
            Entry top = queue.poll();
            Occurrence occurrence = occurrences.get(top.pair);
            long count = occurrence == null ? 0 : occurrence.count;
            if (count == top.count && count >= minimum) {
                return top.pair;
            }
            if (count >= minimum) {
                queue.add(new Entry(top.pair, count));
            }
        }
        return NONE;
    }

    /** Replaces the pair by a token in every word. */
    void merge(long pair, int token) {
        Set<Long> risen = new HashSet<>();
        for (int word : occurrences.remove(pair).words) {
            int[] before = words[word];
            int[] after = merged(before, left(pair), right(pair), token);
            if (after.length == before.length) {
                continue;
            }
            for (int i = 0; i + 1 < before.length; i++) {
                long old = pair(before[i], before[i + 1]);
                if (old != pair) {
                    change(old, word, -frequencies[word]);
                }
            }
            for (int i = 0; i + 1 < after.length; i++) {
                long now = pair(after[i], after[i + 1]);
                change(now, word, frequencies[word]);
                if (after[i] == token || after[i + 1] == token) {
                    risen.add(now);
                }
            }
            words[word] = after;
        }
        for (long now : risen) {
            queue.add(new Entry(now, occurrences.get(now).count));
        }
    }

    private void change(long pair, int word, long by) {
        Occurrence occurrence = occurrences.computeIfAbsent(pair, key -> new Occurrence());
        occurrence.count += by;
        if (by > 0) {
            occurrence.words.add(word);
        }
    }

    private static int[] merged(int[] word, int left, int right, int token) {
        int[] result = new int[word.length];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            if (i + 1 < word.length && word[i] == left && word[i + 1] == right) {
                result[length++] = token;
                i++;
            } else {
                result[length++] = word[i];
            }
        }
        return java.util.Arrays.copyOf(result, length);
    }
}
