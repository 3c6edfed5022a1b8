package dev.steelyard.online.streamingmab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamingBanditTest {

    private static final StreamScale SCALE = new StreamScale(40, 400, .8, 1);

    abstract static class Contract extends OnlineLearnerContract<String, String, Double> {
        abstract Exploration exploration(long seed);

        @Override
        protected OnlineLearner<String, String, Double> learner(long seed) {
            return new StreamingBandit(SCALE, exploration(seed));
        }

        @Override
        protected String context(int round) {
            return "arm" + round;
        }

        @Override
        protected Double outcome(int round, String action) {
            return (round * 7 + action.hashCode()) % 11 == 0 ? 1.0 : Math.abs(action.hashCode()) % 5 / 5.0;
        }

        @Override
        protected Double invalidOutcome() {
            return Double.NaN;
        }
    }

    @Nested
    class LogTower extends Contract {
        @Override
        Exploration exploration(long seed) {
            return Tower.log(SCALE);
        }
    }

    @Nested
    class Single extends Contract {
        @Override
        Exploration exploration(long seed) {
            return new SingleMemory(SCALE, .1, .25);
        }
    }

    @Nested
    class Game extends Contract {
        @Override
        Exploration exploration(long seed) {
            return new GameOfArms(SCALE, true, seed);
        }
    }

    @Nested
    class Uniform extends Contract {
        @Override
        Exploration exploration(long seed) {
            return KeepBest.uniform(SCALE);
        }
    }

    @Nested
    class MixedAndExtended extends Contract {
        private static final StreamScale SMALL = new StreamScale(5, 400, .8, 1);

        @Override
        Exploration exploration(long seed) {
            return Tower.logStar(SMALL);
        }

        @Override
        protected OnlineLearner<String, String, Double> learner(long seed) {
            return new StreamingBandit(SMALL, exploration(seed), new StreamingOptions(.3, true), seed);
        }
    }

    @Nested
    class Random extends Contract {
        @Override
        Exploration exploration(long seed) {
            return new RandomArm(seed);
        }
    }

    private static void pull(StreamingBandit bandit, String waiting, double reward) {
        bandit.feedback(bandit.decide(waiting).id(), reward);
    }

    @Test
    void pullByPullIsTheSameAsInBulkAndDroppedArmsNeverComeBack() {
        double[] means = {.3, .6, .5, .9, .2, .7};
        StreamScale scale = StreamScale.of(6, 6000);
        StreamingBandit bandit = new StreamingBandit(scale, Tower.logStar(scale));
        int next = 0;
        Set<String> dropped = new HashSet<>();
        Set<String> seen = new HashSet<>();
        double loss = 0;
        for (int pull = 0; pull < 6000; pull++) {
            if (next == 6 && bandit.batch().isEmpty()) {
                bandit.finish();
            }
            String waiting = bandit.needsArm() && next < 6 ? Integer.toString(next++) : null;
            Decision<String> decision = bandit.decide(waiting);
            assertThat(dropped).doesNotContain(decision.action());
            seen.add(decision.action());
            loss += .9 - means[Integer.parseInt(decision.action())];
            bandit.feedback(decision.id(), means[Integer.parseInt(decision.action())]);
        }
        StreamSimulation bulk = StreamSimulation.run(scale, Tower.logStar(scale), means, (mean, n) -> mean);
        assertThat(loss).isCloseTo(bulk.regret(), within(1e-6));
        assertThat(bandit.selected()).isEqualTo("3");
        assertThat(bandit.isCommitted()).isTrue();
        assertThat(bandit.mostStored()).isEqualTo(bulk.mostStored()).isLessThanOrEqualTo(4);
        assertThat(seen).hasSize(6);
    }

    @Test
    void whileRewardsAreLateTheKeptArmIsPulled() {
        StreamScale scale = new StreamScale(3, 100, 1, 2);
        StreamingBandit bandit = new StreamingBandit(scale, KeepBest.naive(scale));
        assertThat(bandit.needsArm()).isTrue();
        for (int i = 0; i < 3; i++) {
            pull(bandit, "a", .5);
        }
        assertThat(bandit.selected()).isEqualTo("a");
        long[] late = new long[3];
        for (int i = 0; i < 3; i++) {
            late[i] = bandit.decide("b").id();
        }
        Decision<String> meanwhile = bandit.decide("c");
        assertThat(meanwhile.action()).isEqualTo("a");
        bandit.feedback(meanwhile.id(), 0.0);
        bandit.feedback(late[2], 1.0);
        bandit.expire(late[0]);
        assertThat(bandit.selected()).isEqualTo("a");
        bandit.feedback(late[1], 1.0);
        assertThat(bandit.selected()).isEqualTo("b");
        assertThat(bandit.needsArm()).isTrue();
    }

    @Test
    void wrongCallsAreNamedAndChangeNothing() {
        StreamScale scale = new StreamScale(2, 100, 1, 2);
        StreamingBandit bandit = new StreamingBandit(scale, KeepBest.naive(scale));
        assertThatThrownBy(() -> bandit.decide(null)).isInstanceOf(IllegalStateException.class);
        bandit.offer("a");
        State before = bandit.snapshot();
        assertThatThrownBy(() -> bandit.offer("b")).hasMessageContaining("arm a is being tried");
        assertThat(bandit.snapshot()).isEqualTo(before);
        pull(bandit, null, .5);
        pull(bandit, null, .5);
        assertThatThrownBy(() -> bandit.offer("a")).hasMessageContaining("kept already");
        pull(bandit, "b", .9);
        pull(bandit, null, .9);
        assertThat(bandit.needsArm()).isFalse();
        assertThatThrownBy(() -> bandit.offer("c")).hasMessageContaining("2 that were declared");
        bandit.finish();
        assertThatThrownBy(() -> bandit.offer("d")).hasMessageContaining("finished");
        assertThat(bandit.decide("e").action()).isEqualTo("b");
    }

    /** 2000 seeds: every arm of four is kept as often, without a single pull to try it. */
    @Test
    void aRandomArmIsEachAsLikely() {
        int[] kept = new int[4];
        StreamScale scale = StreamScale.of(4, 100);
        for (int seed = 0; seed < 2000; seed++) {
            StreamSimulation played =
                    StreamSimulation.run(scale, new RandomArm(seed), new double[] {.1, .2, .3, .4}, (mean, n) -> mean);
            assertThat(played.explorationPulls()).isZero();
            kept[played.kept()]++;
        }
        // 500 each, standard deviation 19.4.
        for (int count : kept) {
            assertThat(count).isBetween(422, 578);
        }
    }

    /** With mixing, every stored arm's share of the pulls is its logged propensity. */
    @Test
    void mixedPullsHaveThePropensitiesThatAreLogged() {
        StreamScale scale = new StreamScale(2, 1_000_000, 1, 1);
        StreamingBandit bandit =
                new StreamingBandit(scale, new GameOfArms(scale, true, 1), new StreamingOptions(.4, false), 2);
        bandit.offer("a");
        while (bandit.batch().isPresent()) {
            pull(bandit, null, .9);
        }
        bandit.offer("b");
        while (bandit.batch().isPresent()) {
            pull(bandit, null, .1);
        }
        bandit.finish();
        String committed = bandit.selected();
        Set<String> stored = bandit.stored();
        int rounds = 20_000;
        int other = 0;
        for (int t = 0; t < rounds; t++) {
            Decision<String> decision = bandit.decide(null);
            boolean isCommitted = decision.action().equals(committed);
            assertThat(decision.propensity()).isEqualTo(.4 / stored.size() + (isCommitted ? .6 : 0));
            other += isCommitted ? 0 : 1;
            bandit.feedback(decision.id(), .5);
        }
        double share = .4 * (stored.size() - 1) / stored.size();
        assertThat((double) other).isCloseTo(rounds * share, within(300.0));
    }

    @Test
    void aKeptArmThatDriftsIsSuspectedAndAWorthyOneIsNot() {
        StreamScale scale = new StreamScale(2, 100_000, .2, 1);
        StreamingBandit bandit = new StreamingBandit(scale, KeepBest.naive(scale));
        bandit.offer("a");
        while (bandit.batch().isPresent()) {
            pull(bandit, null, .7);
        }
        bandit.finish();
        // Windows of 4/.2^2 = 100 pulls.
        for (int t = 0; t < 250; t++) {
            pull(bandit, null, .6);
        }
        assertThat(bandit.suspectsDrift()).isFalse();
        // The third window holds .6 and .3 in halves: .45, which is more than .2 from .7.
        for (int t = 0; t < 49; t++) {
            pull(bandit, null, .3);
        }
        assertThat(bandit.suspectsDrift()).isFalse();
        pull(bandit, null, .3);
        assertThat(bandit.suspectsDrift()).isTrue();
    }

    @Test
    void moreArmsThanDeclaredRecomputeTheAccuracyIfAskedTo() {
        StreamScale scale = StreamScale.of(2, 2_000);
        StreamingBandit bandit = new StreamingBandit(scale, Tower.log(scale), new StreamingOptions(0, true), 1);
        long[] batches = new long[5];
        for (int arm = 0; arm < 5; arm++) {
            assertThat(bandit.needsArm()).isTrue();
            bandit.offer("arm" + arm);
            batches[arm] = bandit.batch().orElseThrow().pulls();
            bandit.pullBatch((name, n) -> .5);
        }
        // 1/eps^2 = (T/K)^(2/3) for K = 2, then 4, then 8.
        assertThat(batches).containsExactly(100, 100, 63, 63, 40);
        assertThatThrownBy(() -> new StreamingOptions(1, false)).hasMessageContaining("mixing");
        for (double delta : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> Tower.theory(StreamScale.of(2, 10), delta)).hasMessageContaining("delta");
        }
    }

    @Test
    void shardsExploreApartAndTheirKingsAreCompared() {
        double[] means = {.3, .6, .5, .9, .2, .7, .4};
        StreamScale whole = StreamScale.of(7, 70_000);
        ShardedStream stream = new ShardedStream(whole, 3, Tower::logLog);
        assertThatThrownBy(stream::kings).hasMessageContaining("shard 0 still explores");
        for (int arm = 0; arm < means.length; arm++) {
            StreamingBandit shard = stream.shard(arm % 3);
            shard.offer(Integer.toString(arm));
            while (shard.pullBatch((name, n) -> means[Integer.parseInt(name)]) > 0) {}
        }
        long spent = 0;
        for (int shard = 0; shard < stream.size(); shard++) {
            stream.shard(shard).finish();
            while (stream.shard(shard).pullBatch((name, n) -> means[Integer.parseInt(name)]) > 0) {}
            spent += stream.shard(shard).pulls();
        }
        assertThat(stream.kings()).containsExactly("3", "1", "5");
        StreamingBandit last = stream.comparison();
        for (String king : stream.kings()) {
            last.offer(king);
            // ln K / eps^2.
            assertThat(last.batch().orElseThrow().pulls())
                    .isEqualTo((long) Math.ceil(Math.log(7) * Math.pow(1e4, 2.0 / 3) - 1e-6));
            last.pullBatch((name, n) -> means[Integer.parseInt(name)]);
        }
        last.finish();
        assertThat(last.selected()).isEqualTo("3");
        assertThat(last.isCommitted()).isTrue();
        assertThat(spent + last.pulls()).isLessThan(whole.horizon());
        assertThatThrownBy(() -> new ShardedStream(whole, 8, Tower::logLog)).hasMessageContaining("shards");
    }

    @Test
    void everyStrategyIsMadeByName() throws Exception {
        StreamingFactory factory = new StreamingFactory();
        for (String strategy : List.of(
                "uniform",
                "naive",
                "single_memory",
                "log",
                "loglog",
                "logstar",
                "logstar_theory",
                "game_of_arms",
                "random")) {
            var learner = factory.create(
                    new JsonMapper()
                            .readTree("{\"arms\": 3, \"horizon\": 30, \"mixing\": 0.1, \"strategy\": \"" + strategy
                                    + "\"}"),
                    1);
            assertThat(learner.decide(TextNode.valueOf("a")).action().textValue())
                    .isEqualTo("a");
        }
        assertThatThrownBy(() -> factory.create(
                        new JsonMapper().readTree("{\"arms\": 3, \"horizon\": 30, \"strategy\": \"best\"}"), 1))
                .hasMessageContaining("strategy");
    }
}
