package dev.steelyard.ranking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One vote: a weak order over two or more items. Rank 0 is best and equal ranks are ties; ranks need not be without
 * gaps. A ballot that names an item twice cannot be made.
 *
 * <pre>{@code
 * Ballot.ordered("match-7", "opus", "sonata", "etude");              // opus best
 * Ballot.winner("match-8", "opus", "sonata", "etude");               // the losers tied
 * Ballot.ranked("match-9", List.of("opus", "sonata", "etude"), 0, 1, 1);
 * }</pre>
 */
public final class Ballot {

    private final String id;
    private final List<String> items;
    private final int[] ranks;
    private final String voter;
    private final Instant time;

    private Ballot(String id, List<String> items, int[] ranks, String voter, Instant time) {
        this.id = Objects.requireNonNull(id, "id");
        this.items = List.copyOf(items);
        this.ranks = ranks;
        this.voter = Objects.requireNonNull(voter, "voter");
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * A ballot by items and their ranks.
     *
     * @param id name of the match, which errors repeat
     * @param items at least 2, all different, in any order
     * @param ranks one an item, at least 0; the array is copied
     * @throws InvalidBallotException naming the match and what is wrong
     */
    public static Ballot ranked(String id, List<String> items, int... ranks) {
        if (items.size() < 2) {
            throw new InvalidBallotException(
                    id, InvalidBallotException.Reason.TOO_FEW_ITEMS, "it has " + items.size() + " items, at least 2");
        }
        if (ranks.length != items.size()) {
            throw new InvalidBallotException(
                    id,
                    InvalidBallotException.Reason.RANKS_LENGTH,
                    "it has " + ranks.length + " ranks for " + items.size() + " items, one rank an item");
        }
        for (int i = 0; i < ranks.length; i++) {
            if (ranks[i] < 0) {
                throw new InvalidBallotException(
                        id,
                        InvalidBallotException.Reason.INVALID_RANK,
                        "the rank of '" + items.get(i) + "' is " + ranks[i] + ", an integer of at least 0");
            }
            // Ballots are short: comparing pairs costs less than a set.
            for (int j = 0; j < i; j++) {
                if (items.get(i).equals(items.get(j))) {
                    throw new InvalidBallotException(
                            id,
                            InvalidBallotException.Reason.DUPLICATE_ITEM,
                            "it names '" + items.get(i) + "' twice, each item once");
                }
            }
        }
        return new Ballot(id, items, ranks.clone(), "", Instant.EPOCH);
    }

    /** A ballot whose items are in order, best first, without ties. */
    public static Ballot ordered(String id, String... items) {
        int[] ranks = new int[items.length];
        Arrays.setAll(ranks, i -> i);
        return ranked(id, List.of(items), ranks);
    }

    /** A ballot that only says which item is best; the others are tied at rank 1. */
    public static Ballot winner(String id, String winner, String... others) {
        List<String> items = new ArrayList<>();
        items.add(winner);
        items.addAll(List.of(others));
        int[] ranks = new int[items.size()];
        Arrays.fill(ranks, 1);
        ranks[0] = 0;
        return ranked(id, items, ranks);
    }

    /** The same ballot, cast by a voter. */
    public Ballot by(String name) {
        return new Ballot(id, items, ranks, name, time);
    }

    /** The same ballot, cast at a time. */
    public Ballot at(Instant moment) {
        return new Ballot(id, items, ranks, voter, moment);
    }

    /** Name of the match. */
    public String id() {
        return id;
    }

    /** The items, as they were given. */
    public List<String> items() {
        return items;
    }

    /** How many items it ranks. */
    public int size() {
        return items.size();
    }

    /** Rank of the item at a position of {@link #items}, 0 best. */
    public int rank(int position) {
        return ranks[position];
    }

    /** A copy of all ranks. */
    public int[] ranks() {
        return ranks.clone();
    }

    /** Who voted; empty when not known. */
    public String voter() {
        return voter;
    }

    /** When it was cast; the epoch when not known. */
    public Instant time() {
        return time;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ballot ballot
                && id.equals(ballot.id)
                && items.equals(ballot.items)
                && Arrays.equals(ranks, ballot.ranks)
                && voter.equals(ballot.voter)
                && time.equals(ballot.time);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, items, Arrays.hashCode(ranks), voter, time);
    }

    @Override
    public String toString() {
        return "Ballot[" + id + ", " + items + ", ranks " + Arrays.toString(ranks) + "]";
    }
}
