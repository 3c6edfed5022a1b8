package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.online.oomdsea.OptimisticMirrorDescent;
import dev.steelyard.online.oomdsea.OptimisticNewtonStep;
import dev.steelyard.online.oomdsea.StepSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ShardedOptimizerTest {

    private static final Ball BALL = Ball.aroundZero(3, 1);

    private static final List<Supplier<IterativeOptimizer>> KINDS = List.of(
            () -> new OptimisticMirrorDescent(BALL, StepSchedule.convex(2, 1, .1)),
            () -> OptimisticNewtonStep.of(Box.cube(3, .5), 1, 1, 1),
            () -> new OnlineNewtonStep(Simplex.probabilities(3), 1, 1),
            () -> new OnlineGradientDescent(BALL, new DescentStep.AdaGradNorm(2)));

    /** Two steps a round on a shard's own stream. */
    private static ShardedOptimizer.Work work(int round) {
        return (shard, optimizer) -> {
            RestorableRandom random = new RestorableRandom(100L * round + shard);
            for (int n = 0; n < 2; n++) {
                double[] gradient = DomainTest.draw(random, .3);
                optimizer.observe(Vectors.plus(gradient, .1, optimizer.predict()));
            }
        };
    }

    /** Beside the average by hand, one shard after the other on one thread. */
    @Test
    void itIsTheAverageOfOneThread() {
        for (Supplier<IterativeOptimizer> kind : KINDS) {
            ShardedOptimizer sharded = new ShardedOptimizer(4, kind);
            List<IterativeOptimizer> alone = new ArrayList<>();
            for (int shard = 0; shard < 4; shard++) {
                alone.add(kind.get());
            }
            for (int round = 0; round < 20; round++) {
                sharded.round(work(round));
                double[] mean = new double[3];
                for (int shard = 0; shard < 4; shard++) {
                    work(round).learn(shard, alone.get(shard));
                    Vectors.add(mean, .25, alone.get(shard).iterate());
                }
                double[] common = alone.getFirst().domain().project(mean);
                alone.forEach(each -> each.moveTo(common));
                assertThat(sharded.iterate()).containsExactly(common, within(1e-15));
                assertThat(alone.getFirst().domain().contains(sharded.iterate(), 1e-12))
                        .isTrue();
            }
        }
    }

    @Test
    void oneShardAndShardsOfTheSameStreamAreOneOptimiser() {
        for (Supplier<IterativeOptimizer> kind : KINDS) {
            ShardedOptimizer one = new ShardedOptimizer(1, kind);
            ShardedOptimizer same = new ShardedOptimizer(3, kind);
            IterativeOptimizer alone = kind.get();
            for (int round = 0; round < 20; round++) {
                ShardedOptimizer.Work work = work(round);
                one.round(work);
                same.round((shard, optimizer) -> work.learn(0, optimizer));
                work.learn(0, alone);
                assertThat(one.iterate()).isEqualTo(alone.iterate());
                assertThat(same.iterate()).containsExactly(alone.iterate(), within(1e-9));
            }
        }
    }

    /** Two shards whose losses are least at different points come to the point between, the best for both. */
    @Test
    void theAverageFindsTheCommonBestPoint() {
        ShardedOptimizer sharded =
                new ShardedOptimizer(2, () -> new OptimisticMirrorDescent(BALL, StepSchedule.stronglyConvex(1)));
        double[][] best = {{.6, 0, 0}, {0, .6, 0}};
        for (int round = 0; round < 2000; round++) {
            sharded.round((shard, optimizer) -> optimizer.observe(Vectors.plus(optimizer.predict(), -1, best[shard])));
        }
        assertThat(sharded.iterate()).containsExactly(new double[] {.3, .3, 0}, within(.01));
        assertThat(sharded.rounds()).isEqualTo(2000);
    }

    @Test
    void itGoesOnFromASnapshotAndRefusesOthers() {
        for (Supplier<IterativeOptimizer> kind : KINDS) {
            ShardedOptimizer sharded = new ShardedOptimizer(3, kind);
            for (int round = 0; round < 5; round++) {
                sharded.round(work(round));
            }
            State saved = State.fromJson(sharded.snapshot().toJson());
            ShardedOptimizer restored = new ShardedOptimizer(3, kind);
            restored.restore(saved);
            sharded.round(work(6));
            restored.round(work(6));
            assertThat(restored.snapshot()).isEqualTo(sharded.snapshot());
            assertThatThrownBy(() -> new ShardedOptimizer(2, kind).restore(saved))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("3 shards, not 2");
        }
        assertThatThrownBy(() -> new ShardedOptimizer(0, KINDS.getFirst())).hasMessageContaining("shards must be");
        assertThatThrownBy(() -> KINDS.getFirst().get().moveTo(new double[] {2, 0, 0}))
                .hasMessageContaining("is not in");
        ShardedOptimizer sharded = new ShardedOptimizer(2, KINDS.getFirst());
        assertThatThrownBy(() -> sharded.round((shard, optimizer) -> optimizer.observe(new double[2])))
                .hasMessageContaining("dimension");
        assertThat(sharded.rounds()).isZero();
    }
}
