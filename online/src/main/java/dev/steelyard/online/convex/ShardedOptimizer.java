package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Federated use: k shards, each with an optimiser and a stream of its own, whose iterates are averaged once a round and
 * handed back, as federated averaging does (B. McMahan and others, AISTATS 2017).
 *
 * <pre>{@code
 * var shards = new ShardedOptimizer(4, () -> new OptimisticMirrorDescent(domain, schedule));
 * shards.round((shard, optimizer) -> {
 *     for (Loss loss : streams.get(shard).next(10)) {
 *         optimizer.observe(loss.gradient(optimizer.predict()));
 *     }
 * });
 * double[] common = shards.iterate();
 * }</pre>
 *
 * <p>Shards work in parallel; the average is summed in their order, so that the outcome is that of one thread, to the bit.
 *
 * <p>Guaranteed: the average lies in the domain, which is convex; one shard is its optimiser alone; and shards that see the
 * same gradients stay that optimiser. Not guaranteed: a regret bound of the average. Each optimiser's own bound holds
 * between two averages; step sizes, hints and curvatures stay each shard's own and are not averaged, and where the shards'
 * losses differ and they take many steps a round, the average drifts from the common best point, as federated averaging
 * does. Nor is any shard's data hidden: iterates are sent as they are.
 */
public final class ShardedOptimizer {

    private static final String OWNER = "sharded optimiser";

    private final List<IterativeOptimizer> shards;
    private long rounds;

    /** What a shard does in a round, on an optimiser that is its alone; called from several threads for several shards. */
    @FunctionalInterface
    public interface Work {
        void learn(int shard, OnlineOptimizer optimizer);
    }

    /**
     * @param shards how many, at least 1
     * @param optimizer makes a new one for each, of the same domain
     * @throws IllegalArgumentException if there is no shard or the dimensions differ
     */
    public ShardedOptimizer(int shards, Supplier<? extends IterativeOptimizer> optimizer) {
        if (shards < 1) {
            throw new IllegalArgumentException("shards must be at least 1, not " + shards);
        }
        List<IterativeOptimizer> made = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            IterativeOptimizer next = optimizer.get();
            if (shard > 0
                    && next.domain().dimension() != made.getFirst().domain().dimension()) {
                throw new IllegalArgumentException("shard " + shard + " is of dimension "
                        + next.domain().dimension() + " and the first of "
                        + made.getFirst().domain().dimension() + "; all need the same domain");
            }
            made.add(next);
        }
        this.shards = List.copyOf(made);
    }

    /** How many shards there are. */
    public int shards() {
        return shards.size();
    }

    /** How many rounds were averaged. */
    public long rounds() {
        return rounds;
    }

    /** The average of the shards' iterates, which between rounds is the iterate of each. */
    public double[] iterate() {
        double[] mean = new double[shards.getFirst().domain().dimension()];
        for (IterativeOptimizer shard : shards) {
            Vectors.add(mean, 1.0 / shards.size(), shard.iterate());
        }
        // A mean of points of the domain is in it up to rounding, and of one shard's exactly.
        return shards.size() == 1 ? mean : shards.getFirst().domain().project(mean);
    }

    /**
     * A round: all shards learn, in parallel, then their iterates are averaged and handed back.
     *
     * @throws RuntimeException what a shard's work throws; nothing is averaged then, and the shards keep what they learnt:
     *     restore a snapshot to take it back
     */
    public void round(Work work) {
        IntStream.range(0, shards.size()).parallel().forEach(shard -> work.learn(shard, shards.get(shard)));
        double[] mean = iterate();
        shards.forEach(shard -> shard.moveTo(mean));
        rounds++;
    }

    /** Everything that all shards know. */
    public State snapshot() {
        return State.of(OWNER)
                .put("rounds", rounds)
                .put("shards", shards.stream().map(OnlineOptimizer::snapshot).toList());
    }

    /**
     * Goes on where the snapshot was taken.
     *
     * @throws StateException if it is of other shards; nothing is changed then
     */
    public void restore(State snapshot) {
        long savedRounds = snapshot.require(OWNER).integer("rounds");
        List<State> saved = snapshot.states("shards");
        if (saved.size() != shards.size()) {
            throw new StateException(
                    "the snapshot has " + saved.size() + " shards, not " + shards.size() + "; restore into as many");
        }
        List<State> before = shards.stream().map(OnlineOptimizer::snapshot).toList();
        try {
            for (int shard = 0; shard < saved.size(); shard++) {
                shards.get(shard).restore(saved.get(shard));
            }
        } catch (StateException e) {
            for (int shard = 0; shard < before.size(); shard++) {
                shards.get(shard).restore(before.get(shard));
            }
            throw e;
        }
        rounds = savedRounds;
    }
}
