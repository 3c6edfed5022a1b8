package dev.steelyard.studio.arena;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.Objects;

/**
 * How an arena asks its voters.
 *
 * @param title shown on the pages
 * @param size outputs on a ballot, at least 2; 4 (the paper's K), and fewer where the arena has fewer items
 * @param mode whether voters rank all, pick the best, or choose between the two ways; both
 * @param timeout how long a ballot waits for its vote, at least a second; 30 minutes
 * @param reveal whether a voter is told the names after the vote; no, so that later votes stay blind
 * @param seed of the matchmaker's draws
 */
@RecordBuilder
public record ArenaOptions(String title, int size, Mode mode, Duration timeout, boolean reveal, long seed)
        implements ArenaOptionsBuilder.With {

    /** What a voter is asked. */
    public enum Mode {
        RANK,
        BEST,
        BOTH
    }

    public ArenaOptions {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(mode, "mode");
        if (size < 2 || size > 8) {
            throw new IllegalArgumentException("size must be between 2 and 8, not " + size
                    + ": people cannot rank more, and two are the fewest that meet");
        }
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("timeout must be at least a second, not " + timeout);
        }
    }

    /** Four at a time, both ways, half an hour, names kept. */
    public static ArenaOptions defaults() {
        return new ArenaOptions("Arena", 4, Mode.BOTH, Duration.ofMinutes(30), false, 0);
    }
}
