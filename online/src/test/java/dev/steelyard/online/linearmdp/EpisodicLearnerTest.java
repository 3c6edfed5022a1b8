package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EpisodicLearnerTest {

    private static final LinearMdp MDP = LinearMdp.random(3, 4, 3, 3, new RestorableRandom(7));
    private static final int EPISODES = 40;

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
            return Double.NaN;
        }
    }

    @Nested
    class LogBarrier extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new AdversarialMdpLearner(MDP, MDP.model(), LinearMdpOptions.logBarrier(MDP, EPISODES, 3), seed);
        }
    }

    @Nested
    class MagnitudeReducedBySimulation extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new AdversarialMdpLearner(
                    MDP, new SimulatedModel(MDP, 50, 2), LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 1), seed);
        }
    }

    @Nested
    class Dilated2021 extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new AdversarialMdpLearner(MDP, MDP.model(), LinearMdpOptions.dilated2021(MDP, EPISODES, 1), seed);
        }
    }

    @Nested
    class SimulatorFree extends Contract {
        @Override
        protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
            return new SimulatorFreeLearner(MDP, new SimulatorFreeOptions(3, 2, 4, .3, 10, .5, .02, .05), seed);
        }
    }

    private static AdversarialMdpLearner learner(LinearMdpOptions options) {
        return new AdversarialMdpLearner(MDP, MDP.model(), options, 1);
    }

    private static LinearMdpOptions barrier() {
        return LinearMdpOptions.logBarrier(MDP, EPISODES, 3);
    }

    private static void play(EpisodicLearner learner, int episodes, double loss) {
        for (int step = 0; step < 3 * episodes; step++) {
            Decision<Integer> decision = learner.decide(new MdpState(step % 3, 0));
            learner.feedback(decision.id(), loss);
        }
    }

    @Test
    void presetsAreTheThreeAlgorithms() {
        LinearMdpOptions barrier = barrier();
        assertThat(barrier.regulariser()).isEqualTo(Regulariser.LOG_BARRIER);
        assertThat(barrier.estimator()).isEqualTo(LinearMdpOptions.Estimator.PLAIN);
        assertThat(barrier.inverse()).isEqualTo(LinearMdpOptions.Inverse.REGULARISED);
        assertThat(barrier.bonus()).isEqualTo(LinearMdpOptions.Bonus.DILATED);
        double eta = 3 * Math.sqrt(3 / (3.0 * EPISODES));
        assertThat(barrier.learningRate()).isCloseTo(eta, within(1e-12));
        assertThat(barrier.bonusScale()).isCloseTo(.02 * eta * 9, within(1e-12));
        assertThat(barrier.regularisation()).isCloseTo(.05 * eta * eta * 9, within(1e-12));

        LinearMdpOptions reduced = LinearMdpOptions.magnitudeReduced(MDP, EPISODES, 1);
        assertThat(reduced.regulariser()).isEqualTo(Regulariser.ENTROPY);
        assertThat(reduced.estimator()).isEqualTo(LinearMdpOptions.Estimator.MAGNITUDE_REDUCED);
        assertThat(reduced.regularisation())
                .isCloseTo(reduced.learningRate() * reduced.learningRate() * 9, within(1e-12));

        LinearMdpOptions dilated = LinearMdpOptions.dilated2021(MDP, 1000, 1);
        assertThat(dilated.regulariser()).isEqualTo(Regulariser.ENTROPY);
        assertThat(dilated.inverse()).isEqualTo(LinearMdpOptions.Inverse.GEOMETRIC_RESAMPLING);
        assertThat(dilated.regularisation()).isCloseTo(.1, within(1e-12));
        assertThat(dilated.learningRate()).isCloseTo(.1 / 3, within(1e-12));
    }

    @Test
    void theTheorysConstantsAreTheLeastThatItAllows() {
        LinearMdpOptions theory = LinearMdpOptions.logBarrierByTheory(MDP, EPISODES, 1);
        double eta = Math.sqrt(3 / (3.0 * EPISODES));
        assertThat(theory.learningRate()).isCloseTo(eta, within(1e-12));
        assertThat(theory.bonusScale()).isCloseTo(8 * eta * 9, within(1e-12));
        assertThat(theory.regularisation()).isCloseTo(12 * eta * theory.bonusScale() * 9, within(1e-12));
    }

    /** One layer and one state: exponential weights on the bandit's estimate, by hand. */
    @Test
    void withOneStateItIsALinearBandit() {
        LinearMdp bandit = LinearMdp.bandit(new double[] {1, 0}, new double[] {0, 1});
        LinearMdpOptions options = new LinearMdpOptions(
                Regulariser.ENTROPY,
                LinearMdpOptions.Estimator.PLAIN,
                LinearMdpOptions.Inverse.REGULARISED,
                LinearMdpOptions.Bonus.NONE,
                .3,
                0,
                .1,
                1,
                0);
        AdversarialMdpLearner learner = new AdversarialMdpLearner(bandit, bandit.model(), options, 2);
        Decision<Integer> decision = learner.decide(new MdpState(0, 0));
        learner.feedback(decision.id(), .8);
        double estimate = .8 / (.5 + .1);
        assertThat(learner.costs()[0][0][decision.action()]).isCloseTo(.3 * estimate, within(1e-12));
        assertThat(learner.probability(new MdpState(0, 0), decision.action()))
                .isCloseTo(1 / (1 + Math.exp(.3 * estimate)), within(1e-12));
    }

    @Test
    void withoutBonusNothingIsSubtracted() {
        AdversarialMdpLearner none = learner(LinearMdpOptionsBuilder.builder(barrier())
                .bonus(LinearMdpOptions.Bonus.NONE)
                .build());
        AdversarialMdpLearner zero =
                learner(LinearMdpOptionsBuilder.builder(barrier()).bonusScale(0).build());
        AdversarialMdpLearner dilated = learner(barrier());
        play(none, 5, .5);
        play(zero, 5, .5);
        play(dilated, 5, .5);
        assertThat(zero.costs()).isDeepEqualTo(none.costs());
        assertThat(Tables.flat(dilated.costs())).isNotEqualTo(Tables.flat(none.costs()));
    }

    /** An action that always costs is left, whatever the choice of parts. */
    @Test
    void everyChoiceOfPartsLearns() {
        LinearMdp table = LinearMdp.tabular(2, new double[][][][] {{{{1}, {1}}}}, 1, 1);
        for (Regulariser regulariser : Regulariser.values()) {
            for (LinearMdpOptions.Estimator estimator : LinearMdpOptions.Estimator.values()) {
                for (LinearMdpOptions.Inverse inverse : LinearMdpOptions.Inverse.values()) {
                    for (LinearMdpOptions.Bonus bonus : LinearMdpOptions.Bonus.values()) {
                        AdversarialMdpLearner learner = new AdversarialMdpLearner(
                                table,
                                table.model(),
                                new LinearMdpOptions(regulariser, estimator, inverse, bonus, .2, .01, .2, 5, 0),
                                3);
                        for (int step = 0; step < 400; step++) {
                            Decision<Integer> decision = learner.decide(new MdpState(step % 2, 0));
                            learner.feedback(decision.id(), decision.action() == 1 ? 1.0 : 0.0);
                        }
                        assertThat(learner.probability(new MdpState(0, 0), 0))
                                .as(regulariser + " " + estimator + " " + inverse + " " + bonus)
                                .isGreaterThan(.7);
                    }
                }
            }
        }
    }

    @Test
    void theSimulatorFreeLearnerFindsTheCheapAction() {
        LinearMdp table = LinearMdp.tabular(2, new double[][][][] {{{{1}, {1}}}}, 1, 1);
        SimulatorFreeLearner learner = new SimulatorFreeLearner(table, SimulatorFreeOptions.of(table, 2000, 10), 3);
        for (int step = 0; step < 4000; step++) {
            assertThat(learner.isCovered()).isEqualTo(step > 200);
            Decision<Integer> decision = learner.decide(new MdpState(step % 2, 0));
            learner.feedback(decision.id(), decision.action() == 1 ? 1.0 : 0.0);
        }
        assertThat(learner.probability(new MdpState(0, 0), 0)).isGreaterThan(.9);
        assertThat(learner.probability(new MdpState(1, 0), 0)).isGreaterThan(.9);
    }

    @Test
    void anEpisodeWithALostLossTeachesNothing() {
        AdversarialMdpLearner learner = learner(barrier());
        double[] before = Tables.flat(learner.costs());
        long first = learner.decide(new MdpState(0, 0)).id();
        long second = learner.decide(new MdpState(1, 2)).id();
        learner.feedback(first, .5);
        learner.expire(second);
        // The rest of the episode may be left out.
        play(learner, 1, 0);
        assertThat(learner.episodes()).isEqualTo(2);
        assertThat(learner.pending()).isZero();
        State afterOne = learner.snapshot();
        assertThat(afterOne.states("open")).isEmpty();
        assertThat(Tables.flat(learner.costs())).isNotEqualTo(before);
    }

    @Test
    void badStatesAreNamedAndChangeNothing() {
        AdversarialMdpLearner learner = learner(barrier());
        learner.decide(new MdpState(0, 0));
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.decide(new MdpState(2, 0))).hasMessageContaining("at layer 1 of 3");
        assertThatThrownBy(() -> learner.decide(new MdpState(0, 0))).hasMessageContaining("at layer 1 of 3");
        assertThatThrownBy(() -> learner.decide(new MdpState(1, 4))).hasMessageContaining("no state 4");
        assertThatThrownBy(() -> learner.policy(new MdpState(3, 0))).hasMessageContaining("no layer 3");
        assertThatThrownBy(() -> learner.policy(new MdpState(1, -1))).hasMessageContaining("no state -1");
        assertThatThrownBy(() -> learner.probability(new MdpState(0, 0), 9)).hasMessageContaining("no action 9");
        assertThat(learner.snapshot()).isEqualTo(before);
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> LinearMdpOptionsBuilder.builder(barrier())
                        .learningRate(0)
                        .build())
                .hasMessageContaining("learningRate");
        assertThatThrownBy(() -> LinearMdpOptionsBuilder.builder(barrier())
                        .regularisation(-1)
                        .build())
                .hasMessageContaining("regularisation");
        assertThatThrownBy(() -> LinearMdpOptionsBuilder.builder(barrier())
                        .bonusScale(Double.NaN)
                        .build())
                .hasMessageContaining("bonusScale");
        assertThatThrownBy(() -> SimulatorFreeOptions.of(MDP, 100, 1)).hasMessageContaining("epoch");
    }
}
