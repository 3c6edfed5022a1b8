package dev.steelyard.online.streamingmab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import java.util.HashSet;
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
        assertThat(loss).isCloseTo(bulk.regret(), org.assertj.core.api.Assertions.within(1e-6));
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
}
