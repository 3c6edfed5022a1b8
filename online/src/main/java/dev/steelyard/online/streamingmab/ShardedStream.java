package dev.steelyard.online.streamingmab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A stream in disjoint parts that are explored side by side, each on a thread of its own, and whose kings are compared at
 * the end, as a tower compares those of its levels.
 *
 * <pre>{@code
 * var stream = new ShardedStream(StreamScale.of(50_000, 10_000_000), 8, Tower::logLog);
 * // each thread: StreamingBandit mine = stream.shard(i); offer its arms, pull, and finish
 * StreamingBandit last = stream.comparison();      // once all are committed
 * for (String king : stream.kings()) { ... }       // offer each, pull its batch; then finish and pull on
 * }</pre>
 *
 * <p>Batches are measured by the accuracy of the whole stream. A shard explores within its share of the horizon; what all
 * leave over is the comparison's, and the winner's after it.
 */
public final class ShardedStream {

    private final StreamScale whole;
    private final List<StreamingBandit> shards = new ArrayList<>();

    /**
     * @param shards how many, from 1 to the number of arms
     * @param exploration makes a shard's exploration by the shard's scale
     */
    public ShardedStream(StreamScale whole, int shards, Function<StreamScale, Exploration> exploration) {
        if (shards < 1 || shards > whole.arms()) {
            throw new IllegalArgumentException(
                    "shards must be from 1 to the number of arms, " + whole.arms() + ", not " + shards);
        }
        this.whole = whole;
        long arms = Math.ceilDiv(whole.arms(), (long) shards);
        StreamScale scale =
                new StreamScale(arms, Math.max(arms, whole.horizon() / shards), whole.accuracy(), whole.factor());
        for (int shard = 0; shard < shards; shard++) {
            this.shards.add(new StreamingBandit(scale, exploration.apply(scale)));
        }
    }

    /** The bandit of a shard; used by one thread at a time. A shard takes up to ceil(K / shards) arms. */
    public StreamingBandit shard(int number) {
        return shards.get(number);
    }

    /** How many shards there are. */
    public int size() {
        return shards.size();
    }

    /**
     * The arms that the shards keep, to be compared, in the order of the shards.
     *
     * @throws IllegalStateException if a shard is not finished; a shard to which no arm came is left out
     */
    public List<String> kings() {
        List<String> kings = new ArrayList<>();
        for (int shard = 0; shard < shards.size(); shard++) {
            StreamingBandit bandit = shards.get(shard);
            if (!bandit.isCommitted()) {
                throw new IllegalStateException(
                        "shard " + shard + " still explores; finish it before its king is compared");
            }
            if (bandit.offered() > 0) {
                kings.add(bandit.selected());
            }
        }
        return kings;
    }

    /**
     * A bandit for the rest of the horizon, which pulls each king c ln K/eps^2 times, as the top of the log log tower does,
     * and keeps the best.
     *
     * @throws IllegalStateException if a shard is not finished, or none had an arm
     */
    public StreamingBandit comparison() {
        int kings = kings().size();
        if (kings == 0) {
            throw new IllegalStateException("no arm came to any shard; there is nothing to compare");
        }
        long spent = shards.stream().mapToLong(StreamingBandit::pulls).sum();
        StreamScale left =
                new StreamScale(kings, Math.max(kings, whole.horizon() - spent), whole.accuracy(), whole.factor());
        // One king needs no comparison.
        double pulls = kings == 1 ? 1 : whole.logArms() * whole.unit();
        return new StreamingBandit(left, KeepBest.fixed("kings-of-shards", left, pulls));
    }
}
