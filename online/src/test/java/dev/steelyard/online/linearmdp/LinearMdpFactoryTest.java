package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonLearnerContract;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinearMdpFactoryTest {

    private static final String TABLE = "'states': [1, 2], 'actions': 2, 'episodes': 60";
    private static final String TRANSITIONS = ", 'transitions': [[[[0.5, 0.5], [0, 1]]]]";
    private static final String FEATURES =
            "'features': [[[[1, 0], [0, 1]]], [[[1, 0], [0.6, 0.8]], [[0, 1], [0.5, 0.5]]]], 'episodes': 60";

    abstract static class Contract extends JsonLearnerContract {
        Contract(String options) {
            super("linear-mdp", "{" + options + "}");
        }

        @Override
        protected JsonNode context(int round) {
            return json("{'layer': " + round % 2 + ", 'state': " + (round % 2 == 0 ? 0 : round / 2 % 2) + "}");
        }

        @Override
        protected JsonNode outcome(int round, JsonNode action) {
            return json("{'loss': " + (round + 2 * action.intValue()) % 5 / 5.0 + "}");
        }
    }

    @Nested
    class LogBarrier extends Contract {
        LogBarrier() {
            super(TABLE + TRANSITIONS);
        }
    }

    @Nested
    class MagnitudeReducedOnFeaturesBySimulation extends Contract {
        MagnitudeReducedOnFeaturesBySimulation() {
            super(FEATURES + TRANSITIONS + ", 'method': 'magnitude_reduced', 'trajectories': 20, 'samples': 2");
        }
    }

    @Nested
    class Dilated2021 extends Contract {
        Dilated2021() {
            super(FEATURES + TRANSITIONS + ", 'method': 'dilated_2021', 'resampling_runs': 2, 'resampling_terms': 9");
        }
    }

    @Nested
    class OwnChoiceOfParts extends Contract {
        OwnChoiceOfParts() {
            super(TABLE + TRANSITIONS
                    + ", 'regulariser': 'tsallis', 'estimator': 'implicit_exploration', 'bonus': 'none',"
                    + " 'learning_rate': 0.1, 'bonus_scale': 0, 'regularisation': 0.05");
        }
    }

    @Nested
    class SimulatorFree extends Contract {
        SimulatorFree() {
            super(TABLE + ", 'method': 'simulator_free', 'epoch': 4, 'cover_rounds': 2, 'cover_episodes': 3");
        }
    }

    private static ThrowingCallable making(String options) {
        return () -> JsonLearnerContract.made("linear-mdp", "{" + options + "}");
    }

    @Test
    void aServedLearnerIsTheOneOfTheLibrary() {
        LinearMdp mdp = LinearMdp.tabular(2, new double[][][][] {{{{.5, .5}, {0, 1}}}}, 1, 2);
        AdversarialMdpLearner own =
                new AdversarialMdpLearner(mdp, mdp.model(), LinearMdpOptions.logBarrier(mdp, 60, 3), 1);
        JsonLearner<?, ?, ?> served = JsonLearnerContract.made("linear-mdp", "{" + TABLE + TRANSITIONS + "}");
        for (int step = 0; step < 40; step++) {
            int layer = step % 2;
            int state = layer * (step / 2 % 2);
            double loss = step % 3 / 2.0;
            own.feedback(own.decide(new MdpState(layer, state)).id(), loss);
            served.feedback(
                    served.decide(JsonLearnerContract.json("{'layer': " + layer + ", 'state': " + state + "}"))
                            .id(),
                    JsonLearnerContract.json("" + loss));
        }
        assertThat(served.snapshot()).isEqualTo(own.snapshot());
        assertThat(served.probability(
                        JsonLearnerContract.json("{'layer': 1, 'state': 1}"), JsonLearnerContract.json("0")))
                .hasValue(own.probability(new MdpState(1, 1), 0));
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(making("'states': [1], 'actions': 2, 'episodes': 0")).hasMessageContaining("'episodes'");
        assertThatThrownBy(making(TABLE)).hasMessageContaining("'transitions'").hasMessageContaining("simulator_free");
        assertThatThrownBy(making(TABLE + ", 'transitions': [[[[0.5, 0.4], [0, 1]]]]"))
                .hasMessageContaining("layer 0, state 0, action 0");
        assertThatThrownBy(making(TABLE + ", 'transitions': [[[[0.5, 0.5]]]]")).hasMessageContaining("2 actions");
        assertThatThrownBy(making(TABLE + ", 'transitions': [[[[0.5, 0.5], [0, 0, 1]]]]"))
                .hasMessageContaining("2 next states");
        assertThatThrownBy(making(TABLE + ", 'transitions': [[3]]")).hasMessageContaining("transitions[0][0]");
        assertThatThrownBy(making(TABLE + TRANSITIONS + ", 'method': 'best'")).hasMessageContaining("'method'");
        assertThatThrownBy(making(TABLE + TRANSITIONS + ", 'estimator': 'best'"))
                .hasMessageContaining("'estimator'");
        assertThatThrownBy(making(TABLE + TRANSITIONS + ", 'epoch': 3")).hasMessageContaining("'epoch' of");
        assertThatThrownBy(making(TABLE + TRANSITIONS + ", 'regularisation': 0"))
                .hasMessageContaining("regularisation must be positive");
        assertThatThrownBy(making("'features': [[[[1, 1]]]], 'episodes': 5")).hasMessageContaining("norm");
        assertThatThrownBy(making(
                        "'features': [[[[1, 0]]], [[[1, 0], [0, 1]]]], 'episodes': 5, 'method':" + " 'simulator_free'"))
                .hasMessageContaining("layer 1, state 0 has 2 actions");
        assertThatThrownBy(making("'states': [1.5], 'actions': 2, 'episodes': 5"))
                .hasMessageContaining("layer 0");
        JsonLearner<?, ?, ?> learner = JsonLearnerContract.made("linear-mdp", "{" + TABLE + TRANSITIONS + "}");
        assertThatThrownBy(() -> learner.decide(JsonLearnerContract.json("3")))
                .hasMessageContaining("'layer'".replace('\'', '"'));
    }
}
