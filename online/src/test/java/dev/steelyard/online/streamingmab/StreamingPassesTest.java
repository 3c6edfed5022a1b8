package dev.steelyard.online.streamingmab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import org.junit.jupiter.api.Test;

class StreamingPassesTest extends OnlineLearnerContract<String, String, Double> {

    @Override
    protected OnlineLearner<String, String, Double> learner(long seed) {
        return new StreamingPasses(new StreamScale(10, 20, 1, 1), true, scale -> new GameOfArms(scale, true, 5));
    }

    @Override
    protected String context(int round) {
        return "arm" + round;
    }

    @Override
    protected Double outcome(int round, String action) {
        return Math.abs(action.hashCode() + round) % 7 / 7.0;
    }

    @Override
    protected Double invalidOutcome() {
        return 1.5;
    }

    @Test
    void phasesDoubleAndEachFindsTheBestOfTheReplayedStream() {
        double[] means = {.3, .6, .5, .9, .2, .7};
        StreamingPasses passes = new StreamingPasses(StreamScale.of(6, 600), true, Tower::logLog);
        int next = 0;
        int pass = 0;
        int[] ends = {600, 1800, 4200};
        for (int t = 0; t < 4200; t++) {
            if (passes.needsArm() && passes.current().pulls() >= ends[pass] - (pass == 0 ? 0 : ends[pass - 1])) {
                assertThat(passes.current().selected()).isEqualTo("3");
                next = 0;
            }
            if (next == 6 && passes.current().batch().isEmpty()) {
                passes.current().finish();
            }
            String waiting = passes.needsArm() && next < 6 ? Integer.toString(next++) : null;
            Decision<String> decision = passes.decide(waiting);
            while (t >= ends[pass]) {
                pass++;
            }
            assertThat(passes.pass()).as("pull " + t).isEqualTo(pass);
            passes.feedback(decision.id(), means[Integer.parseInt(decision.action())]);
        }
        assertThat(passes.current().selected()).isEqualTo("3");
    }

    @Test
    void betweenPassesTheKeptArmIsPulledAndLateRewardsTeachNothing() {
        StreamScale scale = new StreamScale(2, 100, 1, 2);
        StreamingPasses passes = new StreamingPasses(scale, false, KeepBest::naive);
        long late = passes.decide("a").id();
        passes.begin(scale);
        Decision<String> meanwhile = passes.decide(null);
        assertThat(meanwhile.action()).isEqualTo("a");
        passes.feedback(meanwhile.id(), 1.0);
        passes.feedback(late, 1.0);
        assertThat(passes.decide("b").action()).isEqualTo("b");
        assertThat(passes.current().pulls()).isEqualTo(1);
        assertThat(passes.pass()).isEqualTo(1);
    }
}
