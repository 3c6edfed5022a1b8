package dev.steelyard.ranking;

import dev.steelyard.core.state.State;
import java.util.List;

/**
 * Learns the skill of items from ballots, one by one.
 *
 * <pre>{@code
 * SkillModel model = new KRank(KRankOptions.defaults());
 * List.of("opus", "sonata", "etude").forEach(model::add);
 * model.record(Ballot.ordered("match-1", "sonata", "opus", "etude"));
 * model.leaderboard().entries().forEach(System.out::println);
 * }</pre>
 *
 * <p>A call that throws has changed nothing. The result depends on the ballots' order: to take a ballot back, restore the
 * last snapshot before it and {@link #replay} the others. Not for use by several threads at once.
 */
public interface SkillModel {

    /** Name of the method, which its snapshots carry. */
    String name();

    /**
     * Adds an item with the prior rating.
     *
     * @throws IllegalArgumentException if the item is known, retired or not, or its name is blank
     */
    void add(String item);

    /**
     * Takes an item out of the pool; its history stays, and the others' ratings too.
     *
     * @throws UnknownItemException if it is not in the pool
     */
    void retire(String item);

    /** The pool: the items that are not retired, in the order in which they came. */
    List<String> items();

    /** Whether the item was ever added, retired or not. */
    boolean knows(String item);

    /**
     * Learns from a ballot.
     *
     * @throws InvalidBallotException if it names an item that is unknown or retired
     */
    void record(Ballot ballot);

    /** Learns from ballots in their order; stops at the first bad one, with those before it learnt. */
    default void replay(Iterable<Ballot> ballots) {
        for (Ballot ballot : ballots) {
            record(ballot);
        }
    }

    /** How many ballots were learnt. */
    long ballots();

    /**
     * What is believed of an item, retired or not.
     *
     * @throws UnknownItemException if it is not known
     */
    Rating rating(String item);

    /**
     * What the leaderboard sorts by.
     *
     * @throws UnknownItemException if the item is not known
     */
    double score(String item);

    /** The scores of {@link #items}, in their order. */
    default double[] scores() {
        return items().stream().mapToDouble(this::score).toArray();
    }

    /**
     * The probability that a voter sets the first item above the second, ties aside.
     *
     * @throws UnknownItemException if an item is not known
     */
    double predictWin(String item, String other);

    /** The pool in order. */
    Leaderboard leaderboard();

    /** Everything that the model knows. */
    State snapshot();

    /**
     * Goes on where the snapshot was taken, bit by bit.
     *
     * @throws dev.steelyard.core.state.StateException if the snapshot is of another model or other options; nothing is
     *     changed then
     */
    void restore(State snapshot);
}
