package dev.steelyard.online.oomdsea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.ConvexLearner;
import dev.steelyard.online.convex.OnlineOptimizer;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonLearnerContract;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every optimiser and every domain, by name and JSON. */
class OptimisticFactoryTest {

    abstract static class Contract extends JsonLearnerContract {
        Contract(String options) {
            this("oomd-sea", options);
        }

        Contract(String factory, String options) {
            super(factory, options);
        }

        @Override
        protected JsonNode outcome(int round, JsonNode action) {
            return json("[" + Math.sin(round) + "," + .3 * Math.cos(round / 7.0) + ","
                    + (.2 * action.get(2).doubleValue() + .1) + "]");
        }
    }

    @Nested
    class ConvexOnBall extends Contract {
        ConvexOnBall() {
            super("{'domain': {'type': 'ball', 'dimension': 3}, 'gradient_bound': 1.2, 'smoothness': 0.1}");
        }
    }

    @Nested
    class UnknownBoundOnBox extends Contract {
        UnknownBoundOnBox() {
            super(
                    "{'domain': {'type': 'box', 'lower': [-1, 0, 0], 'upper': [1, 2, 1]}, 'hint': 'average', 'window': 3}");
        }
    }

    @Nested
    class EntropyOnSimplex extends Contract {
        EntropyOnSimplex() {
            super("{'domain': {'type': 'simplex', 'dimension': 3}, 'map': 'entropy', 'gradient_bound': 1}");
        }
    }

    @Nested
    class StronglyConvexOnL1BallWithL1Term extends Contract {
        StronglyConvexOnL1BallWithL1Term() {
            super("{'domain': {'type': 'l1', 'dimension': 3, 'radius': 2}, 'losses': 'strongly_convex', 'lambda': 0.1,"
                    + " 'offset': 3, 'l1': 0.05}");
        }
    }

    @Nested
    class ExpConcaveOnProduct extends Contract {
        ExpConcaveOnProduct() {
            super("{'domain': {'type': 'product', 'parts': [{'type': 'simplex', 'dimension': 2}, {'type': 'ball',"
                    + " 'centre': [0.5], 'radius': 0.5}]}, 'losses': 'exp_concave', 'gradient_bound': 1.2, 'alpha': 1,"
                    + " 'h0': 3.2}");
        }
    }

    @Nested
    class DynamicOnBall extends Contract {
        DynamicOnBall() {
            super("{'domain': {'type': 'ball', 'dimension': 3}, 'losses': 'dynamic', 'gradient_bound': 1.2}");
        }
    }

    @Nested
    class HintOfTheContext extends Contract {
        HintOfTheContext() {
            super("{'domain': {'type': 'ball', 'dimension': 3}, 'gradient_bound': 1.2, 'hint': 'context'}");
        }

        @Override
        protected JsonNode context(int round) {
            return json("{'hint': [" + Math.sin(round) + ", 0, 0.1]}");
        }
    }

    @Nested
    class GradientDescent extends Contract {
        GradientDescent() {
            super(
                    "online-gradient-descent",
                    "{'domain': {'type': 'ball', 'dimension': 3}, 'step': 'inverse_root', 'gradient_bound': 1.2}");
        }
    }

    @Nested
    class RegularisedLeader extends Contract {
        RegularisedLeader() {
            super(
                    "follow-the-regularised-leader",
                    "{'domain': {'type': 'ball', 'dimension': 3}, 'gradient_bound': 1.2}");
        }
    }

    @Nested
    class Leader extends Contract {
        Leader() {
            super("follow-the-leader", "{'domain': {'type': 'ball', 'dimension': 3}, 'lambda': 0.2}");
        }
    }

    @Nested
    class NewtonStep extends Contract {
        NewtonStep() {
            super(
                    "online-newton-step",
                    "{'domain': {'type': 'ball', 'dimension': 3}, 'gradient_bound': 1.2, 'alpha': 1}");
        }
    }

    private static OnlineOptimizer optimizer(String options) {
        OnlineLearner<?, ?, ?> learner =
                JsonLearnerContract.made("oomd-sea", options).learner();
        return ((ConvexLearner) learner).optimizer();
    }

    private static ThrowingCallable making(String options) {
        return () -> JsonLearnerContract.made("oomd-sea", options);
    }

    @Test
    void optionsMakeTheOptimisersThatTheyName() {
        OptimisticMirrorDescent convex = (OptimisticMirrorDescent)
                optimizer("{'domain': {'type': 'ball', 'dimension': 2}, 'gradient_bound': 3, 'smoothness': 0.5}");
        assertThat(convex.step()).isEqualTo(2 / Math.sqrt(10 * 4 * .25 + 4 * 9));
        OptimisticNewtonStep newton = (OptimisticNewtonStep) optimizer("{'domain': {'type': 'ball', 'dimension': 2},"
                + " 'losses': 'exp_concave', 'gradient_bound': 1, 'alpha': 1, 'smoothness': 2}");
        assertThat(newton.curvature()[0][0]).isEqualTo(6.4 + newton.beta() / 2);
        DynamicOptimisticDescent dynamic = (DynamicOptimisticDescent) optimizer("{'domain': {'type': 'ball',"
                + " 'dimension': 2}, 'losses': 'dynamic', 'gradient_bound': 1, 'smoothness': 0.05, 'horizon': 3}");
        assertThat(dynamic.steps()).hasSize(4);
    }

    /** With nothing known of G the first gradient stands for it: 2 / sqrt(4 * 25). */
    @Test
    void anUnknownBoundRisesToTheLargestGradient() {
        OptimisticMirrorDescent convex =
                (OptimisticMirrorDescent) optimizer("{'domain': {'type': 'ball', 'dimension': 2, 'radius': 10}}");
        convex.observe(new double[] {3, 4});
        assertThat(convex.auxiliary()).containsExactly(-6, -8);
        // V is 25 now, the bound 5.
        assertThat(convex.step()).isEqualTo(20 / Math.sqrt(4 * 25 + 25));
    }

    @Test
    void aBatchIsOneRoundOfItsMean() {
        String options = "{'domain': {'type': 'ball', 'dimension': 2}, 'gradient_bound': 1}";
        JsonLearner<?, ?, ?> one = JsonLearnerContract.made("oomd-sea", options);
        JsonLearner<?, ?, ?> batch = JsonLearnerContract.made("oomd-sea", options);
        one.feedback(one.decide(null).id(), JsonLearnerContract.json("[0.5, 0.5]"));
        batch.feedback(batch.decide(null).id(), JsonLearnerContract.json("{'gradients': [[1, 0], [0, 1]]}"));
        assertThat(batch.snapshot()).isEqualTo(one.snapshot());
        long open = batch.decide(null).id();
        assertThatThrownBy(() -> batch.feedback(open, JsonLearnerContract.json("{'gradients': [[1, 0], [0, 'x']]}")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("gradient 1 of the batch");
        assertThatThrownBy(() -> batch.feedback(open, JsonLearnerContract.json("{'gradients': []}")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("at least one");
    }

    @Test
    void theContextsHintIsPlayed() {
        JsonLearner<?, ?, ?> learner = JsonLearnerContract.made(
                "oomd-sea", "{'domain': {'type': 'ball', 'dimension': 2}, 'gradient_bound': 1, 'hint': 'context'}");
        Decision<JsonNode> decision = learner.decide(JsonLearnerContract.json("{'hint': [0, 0.5]}"));
        assertThat(decision.action()).isEqualTo(JsonLearnerContract.json("[0.0, -0.5]"));
        assertThatThrownBy(() -> learner.decide(JsonLearnerContract.json("{'hint': [0]}")))
                .hasMessageContaining("1 entries");
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(making("{'domain': {'type': 'cone'}}")).hasMessageContaining("must be one of");
        assertThatThrownBy(making("{'domain': {'type': 'ball', 'dimension': 2, 'side': 1}}"))
                .hasMessageContaining("has no 'side'");
        assertThatThrownBy(making("{'domain': {'type': 'ball', 'dimension': 0}}"))
                .hasMessageContaining("'dimension'");
        assertThatThrownBy(making("{'domain': {'type': 'ball', 'dimension': 2, 'radius': -1}}"))
                .hasMessageContaining("radius")
                .hasMessageContaining("option 'domain'");
        assertThatThrownBy(making(
                        "{'domain': {'type': 'product', 'parts': [{'type': 'box', 'lower': [0], 'upper': ['a']}]}}"))
                .hasMessageContaining("part 0")
                .hasMessageContaining("'upper'");
        String ball = "{'domain': {'type': 'ball', 'dimension': 2}, ";
        assertThatThrownBy(making(ball + "'losses': 'strongly_convex'}")).hasMessageContaining("lambda");
        assertThatThrownBy(making(ball + "'losses': 'exp_concave', 'gradient_bound': 1, 'alpha': 0}"))
                .hasMessageContaining("alpha");
        assertThatThrownBy(making(ball + "'losses': 'exp_concave', 'gradient_bound': 1, 'alpha': 1, 'map': 'entropy'}"))
                .hasMessageContaining("'map' has no use");
        assertThatThrownBy(making(ball + "'losses': 'dynamic'}")).hasMessageContaining("gradient_bound");
        assertThatThrownBy(making(ball + "'map': 'entropy'}")).hasMessageContaining("simplex");
        assertThatThrownBy(making(ball + "'hint': 'best'}")).hasMessageContaining("'hint'");
        assertThatThrownBy(making(ball + "'smoothness': -1}")).hasMessageContaining("smoothness");
        assertThatThrownBy(making("{}")).hasMessageContaining("needs the option 'domain'");
        JsonLearner<?, ?, ?> learner =
                JsonLearnerContract.made("oomd-sea", "{'domain': {'type': 'ball', 'dimension': 2}}");
        assertThatThrownBy(() -> learner.decide(JsonLearnerContract.json("{'hint': [0, 1]}")))
                .hasMessageContaining("context");
    }

    @Test
    void theDomainOfTheOptionsIsTheLearners() {
        assertThat(optimizer("{'domain': {'type': 'ball', 'centre': [1, 2], 'radius': 3}}")
                        .domain())
                .isInstanceOfSatisfying(Ball.class, ball -> {
                    assertThat(ball.centre()).containsExactly(1, 2);
                    assertThat(ball.radius()).isEqualTo(3);
                });
    }
}
