package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import java.util.Optional;

/**
 * Decides which arms of a stream to keep, by asking for batches of pulls. At most one batch is out at a time; each is
 * answered by {@link #completed}.
 */
public interface Exploration {

    /** The exploration's name in states and logs. */
    String name();

    /** An arm arrives. @return the first batch, or empty if the arm is passed over */
    Optional<Batch> offer(String arm);

    /**
     * A batch is done.
     *
     * @param mean reward of its pulls
     * @return the next batch, or empty if the next arm may come (or the comparison at the end is done)
     */
    Optional<Batch> completed(Batch batch, double mean);

    /** The stream is over. @return the first batch of a comparison of what was kept, or empty if none is needed */
    Optional<Batch> finish();

    /** The arm that would be kept now; empty before any arm was measured. */
    Optional<String> best();

    /** How many arms are kept, the arriving one not counted. */
    int stored();

    /** The most arms that are ever kept, the arriving one not counted. */
    int capacity();

    State state();

    /** Reads what {@link #state} wrote and gives what puts it in place. */
    Runnable load(State saved);
}
