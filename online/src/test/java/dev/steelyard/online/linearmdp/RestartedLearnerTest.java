package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import org.junit.jupiter.api.Test;

class RestartedLearnerTest extends OnlineLearnerContract<MdpState, Integer, Double> {

    private static final LinearMdp MDP = LinearMdp.random(3, 4, 3, 3, new RestorableRandom(7));

    private static RestartedLearner restarted(long every, long seed) {
        LinearMdpOptions options = LinearMdpOptions.logBarrier(MDP, 6, 3);
        return new RestartedLearner(own -> new AdversarialMdpLearner(MDP, MDP.model(), options, own), every, seed);
    }

    @Override
    protected OnlineLearner<MdpState, Integer, Double> learner(long seed) {
        return restarted(6, seed);
    }

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

    private static long[] episode(RestartedLearner learner) {
        long[] ids = new long[3];
        for (int h = 0; h < 3; h++) {
            ids[h] = learner.decide(new MdpState(h, 0)).id();
        }
        return ids;
    }

    private static void pay(RestartedLearner learner, long[] ids) {
        for (long id : ids) {
            learner.feedback(id, 1.0);
        }
    }

    @Test
    void aPhaseHasItsEpisodesAndKnowsNothingOfThoseBefore() {
        RestartedLearner learner = restarted(2, 1);
        MdpState first = new MdpState(0, 0);
        pay(learner, episode(learner));
        assertThat(learner.probability(first, 0)).isNotEqualTo(1 / 3.0);
        long[] late = episode(learner);
        // The next episode begins anew; what is asked before it is asked of the new phase.
        assertThat(learner.probability(first, 0)).isEqualTo(1 / 3.0);
        learner.decide(first);
        assertThat(learner.phase()).isEqualTo(1);
        pay(learner, late);
        assertThat(((AdversarialMdpLearner) learner.current()).costs()[0][0]).containsOnly(0);
        assertThatThrownBy(learner::restart).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itBeginsAnewWhenTold() {
        RestartedLearner learner = restarted(0, 1);
        for (int episode = 0; episode < 10; episode++) {
            pay(learner, episode(learner));
        }
        assertThat(learner.phase()).isZero();
        learner.restart();
        assertThat(learner.phase()).isEqualTo(1);
        assertThat(learner.probability(new MdpState(0, 0), 0)).isEqualTo(1 / 3.0);
        assertThatThrownBy(() -> restarted(-1, 1)).hasMessageContaining("every");
    }
}
