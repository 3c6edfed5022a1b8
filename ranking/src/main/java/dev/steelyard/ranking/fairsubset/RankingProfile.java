package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;

/** Rankings of the same items by several voters. Items and rankings are counted from 0. */
public final class RankingProfile {

    private final int[][] rankings;
    private final int[][] ranks;

    private RankingProfile(int[][] rankings, int[][] ranks) {
        this.rankings = rankings;
        this.ranks = ranks;
    }

    /**
     * A profile.
     *
     * @param rankings each a permutation of 0..m-1, best first
     * @throws IllegalArgumentException if there is none, or one is no permutation or has another length; the message
     *     names it
     */
    public static RankingProfile of(int[]... rankings) {
        if (rankings.length == 0) {
            throw new IllegalArgumentException("a profile needs at least one ranking");
        }
        int m = rankings[0].length;
        if (m == 0) {
            throw new IllegalArgumentException("ranking 0 is empty; a profile needs at least one item");
        }
        int[][] ranks = new int[rankings.length][m];
        int[][] copies = new int[rankings.length][];
        for (int v = 0; v < rankings.length; v++) {
            copies[v] = rankings[v].clone();
            if (rankings[v].length != m) {
                throw new IllegalArgumentException("ranking " + v + " has " + rankings[v].length
                        + " items, ranking 0 has " + m + "; complete the ballots first (see PrefLibFile for policies)");
            }
            Arrays.fill(ranks[v], -1);
            for (int r = 0; r < m; r++) {
                int item = rankings[v][r];
                if (item < 0 || item >= m) {
                    throw new IllegalArgumentException("ranking " + v + " names item " + item + " at place " + r
                            + "; items are counted from 0 to " + (m - 1));
                }
                if (ranks[v][item] >= 0) {
                    throw new IllegalArgumentException("ranking " + v + " names item " + item + " twice, at places "
                            + ranks[v][item] + " and " + r);
                }
                ranks[v][item] = r;
            }
        }
        return new RankingProfile(copies, ranks);
    }

    /** m, how many items are ranked. */
    public int items() {
        return rankings[0].length;
    }

    /** n, how many rankings there are. */
    public int voters() {
        return rankings.length;
    }

    /** The item at a place, best first. */
    public int item(int voter, int rank) {
        return rankings[voter][rank];
    }

    /** The place of an item, 0 for the best. */
    public int rank(int voter, int item) {
        return ranks[voter][item];
    }

    /** A ranking, best first. */
    public int[] ranking(int voter) {
        return rankings[voter].clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankingProfile profile && Arrays.deepEquals(profile.rankings, rankings);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(rankings);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(rankings);
    }
}
