package dev.steelyard.ranking;

import dev.steelyard.core.state.State;
import java.time.Instant;
import java.util.List;

/**
 * Chooses who meets next. A match that was handed out counts at once, so that two voters do not get the same one; when
 * no vote comes, {@link #release} takes it back. Not for use by several threads at once.
 */
public interface Matchmaker {

    /**
     * The next match among the pool of a model. It is pending until {@link #voted} or {@link #release}.
     *
     * @param size how many items meet, at least 2
     * @param now when it is handed out
     * @throws IllegalArgumentException if the size is below 2 or above that of the pool
     */
    Match next(SkillModel model, int size, Instant now);

    /** The next match, where no time-out is wanted. */
    default Match next(SkillModel model, int size) {
        return next(model, size, Instant.EPOCH);
    }

    /**
     * Takes up again a match that was handed out before, as a log of matches tells: it counts and is pending.
     *
     * @param match its number; later matches get higher ones
     * @param items who meets
     * @param since when it was handed out
     * @throws IllegalArgumentException if a match of this number is pending, the number is negative, or fewer than two
     *     items or one item twice are named
     */
    void reopen(long match, List<String> items, Instant since);

    /**
     * The vote on a match came.
     *
     * @throws IllegalArgumentException if the match is not pending: it was never handed out, was voted on, or released
     */
    void voted(long match);

    /**
     * No vote will come on a match: it is taken back from the counts.
     *
     * @throws IllegalArgumentException if the match is not pending
     */
    void release(long match);

    /** Releases the matches that were handed out before a time; gives how many there were. */
    int releaseBefore(Instant time);

    /** Counts a ballot on a match that was made elsewhere, such as one of an imported file. */
    void observe(Ballot ballot);

    /** How many matches wait for their vote. */
    int pending();

    /** How many matches were counted, the pending ones too. */
    long matches();

    /** How many counted matches had both items. */
    long meetings(String item, String other);

    /** Everything that the matchmaker knows. */
    State snapshot();

    /**
     * Goes on where the snapshot was taken.
     *
     * @throws dev.steelyard.core.state.StateException if the snapshot is of another matchmaker or other options; nothing
     *     is changed then
     */
    void restore(State snapshot);
}
