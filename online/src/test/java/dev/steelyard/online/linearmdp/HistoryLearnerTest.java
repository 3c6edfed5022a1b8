package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HistoryLearnerTest {

    private static final LinearMdp MDP = LinearMdp.random(3, 4, 3, 3, new RestorableRandom(7));
    private static final int EPISODES = 40;
    private static final HistoryOptions HISTORY = new HistoryOptions(20, 2, 1, 1000);

    abstract static class Contract extends OnlineLearnerContract<MdpState, Integer, Double> {
        @Override
        protected MdpState context(int round) {
            return new MdpState(round % 3, round % 3 == 0 ? 0 : round * 7 % 4);
        }

        @Override
        protected Double outcome(int round, Integer action) {
            return (round + 2 * action) % 5 / 5.0;
        }

        @Override
        protected Double invalidOutcome() {
            return 1.5;
        }
    }

    @Nested
    class MagnitudeReduced extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new HistoryLearner(MDP, MDP, LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 1), HISTORY, seed);
        }
    }

    @Nested
    class LogBarrierInEpochs extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new HistoryLearner(
                    MDP, MDP, LinearMdpOptions.logBarrier(MDP, EPISODES, 3), new HistoryOptions(20, 1, 3, 6), seed);
        }
    }

    @Nested
    class Linear extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new HistoryLearner(MDP, MDP, without(LinearMdpOptions.logBarrier(MDP, EPISODES, 3)), HISTORY, seed);
        }
    }

    private static LinearMdpOptions without(LinearMdpOptions options) {
        return LinearMdpOptionsBuilder.builder(options)
                .bonus(LinearMdpOptions.Bonus.NONE)
                .build();
    }

    /** A simulated model over tables whose draws are those of the history form. */
    private record SameDraws(KeyedDraws draws, int trajectories, int samples, long[] epoch) implements Knowledge {
        @Override
        public double[][][] occupancy(double[][][] policy, RandomGenerator unused) {
            epoch[0]++;
            SplittableRandom root = draws.trajectories(epoch[0]);
            double[][][] occupancy = Tables.zeros(MDP);
            for (int n = 0; n < trajectories; n++) {
                RandomGenerator random = root.split();
                int state = 0;
                for (int h = 0; h < policy.length; h++) {
                    int action = Draws.from(policy[h][state], random);
                    occupancy[h][state][action] += 1.0 / trajectories;
                    state = h + 1 < policy.length ? MDP.sample(h, state, action, random) : 0;
                }
            }
            return occupancy;
        }

        @Override
        public double[][][] accumulate(double[][][] bonus, double[][][] policy, double factor, RandomGenerator unused) {
            double[][][] sum = Tables.zeros(MDP);
            for (int h = bonus.length - 1; h >= 0; h--) {
                for (int x = 0; x < sum[h].length; x++) {
                    for (int a = 0; a < sum[h][x].length; a++) {
                        RandomGenerator random = draws.successors(epoch[0], h, x, a);
                        sum[h][x][a] = bonus[h][x][a];
                        for (int sample = 0; h + 1 < bonus.length && sample < samples; sample++) {
                            int y = MDP.sample(h, x, a, random);
                            sum[h][x][a] += factor * sum[h + 1][y][Draws.from(policy[h + 1][y], random)] / samples;
                        }
                    }
                }
            }
            return sum;
        }
    }

    private static void same(LinearMdpOptions options, HistoryOptions history, int episodes) {
        AdversarialMdpLearner table = new AdversarialMdpLearner(
                MDP,
                new SameDraws(HistoryLearner.draws(5), history.trajectories(), history.samples(), new long[] {-1}),
                options,
                5);
        HistoryLearner learner = new HistoryLearner(MDP, MDP, options, history, 5);
        RestorableRandom world = new RestorableRandom(3);
        for (int episode = 0; episode < episodes; episode++) {
            int state = 0;
            long[] ids = new long[3];
            double[] losses = new double[3];
            for (int h = 0; h < 3; h++) {
                Decision<Integer> expected = table.decide(new MdpState(h, state));
                Decision<Integer> actual = learner.decide(new MdpState(h, state));
                assertThat(actual.action()).isEqualTo(expected.action());
                assertThat(actual.propensity()).isCloseTo(expected.propensity(), within(1e-9));
                ids[h] = actual.id();
                losses[h] = ((episode + state + 2 * actual.action()) % 5) / 5.0;
                state = h < 2 ? MDP.sample(h, state, actual.action(), world) : 0;
            }
            for (int h = 0; h < 3; h++) {
                table.feedback(ids[h], losses[h]);
                learner.feedback(ids[h], losses[h]);
            }
        }
        assertThat(learner.records()).isEqualTo(episodes);
        for (int h = 0; h < 3; h++) {
            for (int x = 0; x < MDP.states(h); x++) {
                assertThat(learner.policy(new MdpState(h, x)))
                        .containsExactly(table.policy(new MdpState(h, x)), within(1e-9));
            }
        }
    }

    /** The simulator may be asked by several threads; only the order of its answers differs. */
    @Test
    void rolloutsInParallelAreThoseOfOneThread() {
        LinearMdpOptions options = LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 1);
        HistoryOptions parallel =
                HistoryOptionsBuilder.builder(HISTORY).parallel(true).build();
        HistoryLearner alone = new HistoryLearner(MDP, MDP, options, HISTORY, 7);
        HistoryLearner together = new HistoryLearner(MDP, MDP, options, parallel, 7);
        AdversarialMdpLearner table = new AdversarialMdpLearner(MDP, new SimulatedModel(MDP, 40, 1), options, 7);
        AdversarialMdpLearner tables = new AdversarialMdpLearner(MDP, new SimulatedModel(MDP, 40, 1, true), options, 7);
        for (EpisodicLearner learner : List.of(alone, together, table, tables)) {
            RestorableRandom world = new RestorableRandom(3);
            for (int episode = 0; episode < 12; episode++) {
                int state = 0;
                for (int h = 0; h < 3; h++) {
                    Decision<Integer> decision = learner.decide(new MdpState(h, state));
                    learner.feedback(decision.id(), (state + decision.action()) % 3 / 2.0);
                    state = h < 2 ? MDP.sample(h, state, decision.action(), world) : 0;
                }
            }
        }
        assertThat(together.snapshot()).isEqualTo(alone.snapshot());
        assertThat(tables.snapshot()).isEqualTo(table.snapshot());
    }

    /** With the same draws the two forms are one algorithm, whatever its parts and however small the cache. */
    @Test
    void itEqualsTheTable() {
        for (LinearMdpOptions options : List.of(
                LinearMdpOptions.logBarrier(MDP, EPISODES, 3),
                LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 1),
                LinearMdpOptionsBuilder.builder(LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 3))
                        .bonus(LinearMdpOptions.Bonus.UNDILATED)
                        .bonusScale(.5)
                        .build(),
                without(LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 1)),
                without(LinearMdpOptions.logBarrier(MDP, EPISODES, 3)))) {
            same(options, HISTORY, EPISODES);
            same(options, new HistoryOptions(20, 1, 1, 2), 5);
        }
    }

    /** Far more states than can be listed: a number of 30 bits, of which the features see three. */
    private static final LayeredMdp VAST = new LayeredMdp() {
        @Override
        public int horizon() {
            return 3;
        }

        @Override
        public int states(int layer) {
            return layer == 0 ? 1 : Integer.MAX_VALUE;
        }

        @Override
        public int actions() {
            return 2;
        }

        @Override
        public int dimension() {
            return 8;
        }

        @Override
        public double[] features(int layer, int state, int action) {
            double[] phi = new double[8];
            phi[2 * (state % 4) + action] = 1;
            return phi;
        }
    };

    private static final Simulator VAST_WORLD =
            (layer, state, action, random) -> (random.nextInt() >>> 2) / 4 * 4 + (state + action + layer) % 4;

    private static double cost(MdpState state, int action) {
        return action == state.state() % 2 ? 1 : 0;
    }

    /** An action is cheap just if it differs from the state's last bit; no state is met twice. */
    @Test
    void itLearnsWhereNoStateIsMetTwice() {
        LinearMdpOptions options = LinearMdpOptions.logBarrier(VAST, 300, 3);
        for (LinearMdpOptions each : List.of(without(options), options)) {
            int episodes = each == options ? 60 : 300;
            HistoryLearner learner = new HistoryLearner(
                    VAST, VAST_WORLD, each, new HistoryOptions(30, 1, each == options ? 20 : 1, 500), 1);
            RestorableRandom random = new RestorableRandom(2);
            for (int episode = 0; episode < episodes; episode++) {
                MdpState state = new MdpState(0, 0);
                for (int h = 0; h < 3; h++) {
                    Decision<Integer> decision = learner.decide(state);
                    learner.feedback(decision.id(), cost(state, decision.action()));
                    if (h < 2) {
                        state = new MdpState(h + 1, VAST_WORLD.sample(h, state.state(), decision.action(), random));
                    }
                }
            }
            double cheap = 0;
            for (int n = 0; n < 100; n++) {
                MdpState fresh = new MdpState(1 + n % 2, random.nextInt() >>> 1);
                cheap += learner.probability(fresh, 1 - fresh.state() % 2) / 100;
            }
            assertThat(cheap).as("bonus " + each.bonus()).isGreaterThan(each == options ? .55 : .75);
        }
    }

    /** Three episodes under one policy leave one record, worth the sum of what each would teach. */
    @Test
    void episodesOfAnEpochShareARecord() {
        HistoryLearner learner = new HistoryLearner(
                MDP,
                MDP,
                without(LinearMdpOptions.logBarrier(MDP, EPISODES, 3)),
                HistoryOptionsBuilder.builder(HISTORY).refreshEvery(3).build(),
                1);
        double[] before = learner.policy(new MdpState(0, 0));
        for (int episode = 0; episode < 3; episode++) {
            assertThat(learner.records()).isZero();
            assertThat(learner.policy(new MdpState(0, 0))).isEqualTo(before);
            for (int h = 0; h < 3; h++) {
                learner.feedback(learner.decide(new MdpState(h, 0)).id(), 1.0);
            }
        }
        assertThat(learner.records()).isEqualTo(1);
        assertThat(learner.policy(new MdpState(0, 0))).isNotEqualTo(before);
    }

    @Test
    void badPartsAreNamed() {
        assertThatThrownBy(() -> new HistoryOptions(0, 1, 1, 1)).hasMessageContaining("trajectories");
        assertThatThrownBy(() -> new HistoryOptions(1, 0, 1, 1)).hasMessageContaining("samples");
        assertThatThrownBy(() -> new HistoryOptions(1, 1, 0, 1)).hasMessageContaining("refreshEvery");
        assertThatThrownBy(() -> new HistoryOptions(1, 1, 1, 0)).hasMessageContaining("cachedStates");
        LinearMdpOptions barrier = LinearMdpOptions.logBarrier(MDP, EPISODES, 3);
        assertThatThrownBy(() -> new HistoryLearner(
                        MDP,
                        MDP,
                        LinearMdpOptionsBuilder.builder(barrier)
                                .estimator(LinearMdpOptions.Estimator.IMPLICIT_EXPLORATION)
                                .build(),
                        HISTORY,
                        1))
                .hasMessageContaining("enumerated");
        HistoryLearner lost = new HistoryLearner(MDP, (layer, state, action, random) -> 9, barrier, HISTORY, 1);
        lost.feedback(lost.decide(new MdpState(0, 0)).id(), 1.0);
        lost.feedback(lost.decide(new MdpState(1, 0)).id(), 1.0);
        long last = lost.decide(new MdpState(2, 0)).id();
        assertThatThrownBy(() -> lost.feedback(last, 1.0)).hasMessageContaining("to state 9");
    }

    @Test
    void anotherShapeIsRefused() {
        LinearMdp other = LinearMdp.random(2, 4, 3, 3, new RestorableRandom(7));
        HistoryLearner saved =
                new HistoryLearner(other, other, LinearMdpOptions.logBarrier(other, EPISODES, 3), HISTORY, 1);
        for (int h = 0; h < 2; h++) {
            saved.feedback(saved.decide(new MdpState(h, 0)).id(), 1.0);
        }
        HistoryLearner learner =
                new HistoryLearner(MDP, MDP, LinearMdpOptions.logBarrier(MDP, EPISODES, 3), HISTORY, 1);
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.restore(saved.snapshot())).hasMessageContaining("another horizon");
        assertThat(learner.snapshot()).isEqualTo(before);
    }
}
