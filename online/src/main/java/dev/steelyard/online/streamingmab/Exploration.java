package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import java.util.Optional;
import java.util.Set;

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
    default Optional<Batch> finish() {
        return Optional.empty();
    }

    /** The arm that would be kept now; empty before any arm was measured. */
    Optional<String> best();

    /** The mean by which {@link #best} is defended; NaN if it was never measured. */
    double bestMean();

    /** The arms that are kept, the arriving one not among them; each once. */
    Set<String> kept();

    /** How many places for arms are taken, the arriving one not counted. */
    int stored();

    /** The most arms that are ever kept, the arriving one not counted. */
    int capacity();

    /** Measures batches to come by another scale, after more arms came than were declared. */
    void rescale(StreamScale scale);

    State state();

    /** Reads what {@link #state} wrote and gives what puts it in place. */
    Runnable load(State saved);
}
