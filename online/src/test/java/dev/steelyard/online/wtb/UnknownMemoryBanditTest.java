package dev.steelyard.online.wtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownMemoryBanditTest extends OnlineLearnerContract<Void, Integer, Double> {

    @Override
    protected OnlineLearner<Void, Integer, Double> learner(long seed) {
        return new UnknownMemoryBandit(
                RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(3, 200, 1))
                        .epochOrder(EpochOrder.RANDOM)
                        .build(),
                20,
                seed);
    }

    @Override
    protected Void context(int round) {
        return null;
    }

    @Override
    protected Double outcome(int round, Integer action) {
        return (action + round % 2) / 4.0;
    }

    @Override
    protected Double invalidOutcome() {
        return Double.NaN;
    }

    private static UnknownMemoryBandit bandit(int arms, long horizon, long firstPhase) {
        return new UnknownMemoryBandit(RepeatedExposureOptions.of(arms, horizon, 1), firstPhase, 1);
    }

    @Test
    void phasesGrowFourfoldAndTheMemoryDoubles() {
        UnknownMemoryBandit bandit = bandit(2, 10_000, 10);
        int[] ends = {10, 50, 210, 850};
        for (int t = 0; t < 850; t++) {
            bandit.feedback(bandit.decide().id(), .5);
            int phase = 0;
            while (t >= ends[phase]) {
                phase++;
            }
            assertThat(bandit.phase()).isEqualTo(phase);
            assertThat(bandit.memory()).isEqualTo(1 << phase);
        }
    }

    @Test
    void aDriftWithinATurnEndsThePhase() {
        UnknownMemoryBandit bandit = bandit(2, 100_000, 1_000);
        TallyingEnvironment world = new TallyingEnvironment(
                List.of(ExposureCurve.ramp(.9, .1, 200), ExposureCurve.constant(.5)),
                MemoryWeights.uniform(200),
                TallyingEnvironment.Noise.none(),
                new RestorableRandom(1));
        for (int t = 0; t < 100; t++) {
            Decision<Integer> decision = bandit.decide();
            bandit.feedback(decision.id(), world.respond(decision.action()));
        }
        assertThat(bandit.phase()).isPositive();
    }

    /** M = 1 alone never sees the plateau of a memory of 30; doubled, it does. */
    @Test
    void whatNeedsLongExposureIsFound() {
        int horizon = 60_000;
        MemoryWeights weights = MemoryWeights.uniform(30);
        int found = 0;
        for (int seed = 0; seed < 5; seed++) {
            TallyingEnvironment world = new TallyingEnvironment(
                    List.of(
                            ExposureCurve.constant(.4),
                            ExposureCurve.ramp(.95, .05, weights.sum()),
                            ExposureCurve.constant(.5)),
                    weights,
                    TallyingEnvironment.Noise.bernoulli(),
                    new RestorableRandom(seed));
            UnknownMemoryBandit bandit = bandit(3, horizon, UnknownMemoryBandit.FIRST_PHASE * 3);
            for (int t = 0; t < horizon; t++) {
                Decision<Integer> decision = bandit.decide();
                bandit.feedback(decision.id(), world.respond(decision.action()));
            }
            found += bandit.recommendation() == 1 ? 1 : 0;
            assertThat(bandit.memory()).isGreaterThanOrEqualTo(30);
        }
        assertThat(found).isEqualTo(5);
    }

    @Test
    void lossesOfAnEndedPhaseTeachNothing() {
        UnknownMemoryBandit bandit = bandit(2, 1_000, 4);
        long late = 0;
        for (int t = 0; t < 4; t++) {
            Decision<Integer> decision = bandit.decide();
            if (t == 3) {
                late = decision.id();
            } else {
                bandit.feedback(decision.id(), .5);
            }
        }
        bandit.decide();
        assertThat(bandit.phase()).isEqualTo(1);
        bandit.feedback(late, 1.0);
        assertThat(bandit.current().recorded(0)).isZero();
        assertThat(bandit.current().recorded(1)).isZero();
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> new UnknownMemoryBandit(RepeatedExposureOptions.of(2, 10, 0), 5, 1))
                .hasMessageContaining("memory");
        assertThatThrownBy(() -> bandit(2, 10, 0)).hasMessageContaining("firstPhase");
        assertThat(bandit(1, 10, 1).decide().action()).isZero();
    }
}
