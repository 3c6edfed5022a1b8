package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FormulasTest {

    private static final double PRECISION = 5e-9;
    private static final double[][] FEATURES = {{1, 0}, {0, 1}, {-.6, .8}};
    private static final double[] POLICY = {.5, .25, .25};
    private static final double[][] INVERSE = InverseCovariance.regularised(.1, FEATURES, POLICY);

    @Test
    void policiesByHand() {
        double[] costs = {0, 1, 2};
        assertThat(Regulariser.LOG_BARRIER.policy(costs))
                .containsExactly(new double[] {.45160596, .31110782, .23728622}, within(PRECISION));
        assertThat(Regulariser.ENTROPY.policy(costs))
                .containsExactly(new double[] {.66524096, .24472847, .09003057}, within(PRECISION));
    }

    @Property(tries = 200)
    void policiesAreStationaryPositiveAndShiftInvariant(
            @ForAll @Size(min = 1, max = 6) double @Size(min = 1, max = 6) [] drawn,
            @ForAll @DoubleRange(min = -50, max = 50) double shift) {
        double[] costs =
                Arrays.stream(drawn).map(x -> Math.IEEEremainder(x, 100)).toArray();
        if (Arrays.stream(costs).anyMatch(c -> !Double.isFinite(c))) {
            return;
        }
        for (Regulariser regulariser : Regulariser.values()) {
            double[] policy = regulariser.policy(costs);
            assertThat(Arrays.stream(policy).sum()).isCloseTo(1, within(1e-12));
            double[] shifted =
                    regulariser.policy(Arrays.stream(costs).map(c -> c + shift).toArray());
            assertThat(shifted).containsExactly(policy, within(1e-9));
            for (double probability : policy) {
                assertThat(probability).isPositive();
            }
        }
        double[] barrier = Regulariser.LOG_BARRIER.policy(costs);
        double[] tsallis = Regulariser.TSALLIS.policy(costs);
        for (int a = 1; a < costs.length; a++) {
            assertThat(costs[a] - 1 / barrier[a]).isCloseTo(costs[0] - 1 / barrier[0], within(1e-6));
            assertThat(costs[a] - 1 / Math.sqrt(tsallis[a]))
                    .isCloseTo(costs[0] - 1 / Math.sqrt(tsallis[0]), within(1e-6));
        }
    }

    @Test
    void equalCostsGiveTheUniformPolicy() {
        for (Regulariser regulariser : Regulariser.values()) {
            assertThat(regulariser.policy(new double[] {7, 7, 7, 7}))
                    .containsExactly(new double[] {.25, .25, .25, .25}, within(1e-12));
        }
        assertThatThrownBy(() -> Regulariser.LOG_BARRIER.policy(new double[] {0, Double.NaN}))
                .hasMessageContaining("action 1");
        assertThatThrownBy(() -> Regulariser.ENTROPY.policy(new double[0])).hasMessageContaining("at least one action");
    }

    @Test
    void theInverseByHand() {
        assertThat(INVERSE[0]).containsExactly(new double[] {1.51111111, .35555556}, within(PRECISION));
        assertThat(INVERSE[1]).containsExactly(new double[] {.35555556, 2.04444444}, within(PRECISION));
        assertThatThrownBy(() -> InverseCovariance.regularised(0, FEATURES, POLICY))
                .hasMessageContaining("gamma");
        assertThatThrownBy(() -> InverseCovariance.regularised(
                        .1, new double[][] {{Double.NaN, 0}, {0, 1}}, new double[] {.5, .5}))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("singular");
    }

    private static double reduced(int action, int visited, double loss) {
        return Estimators.magnitudeReduced(
                FEATURES[action],
                INVERSE,
                FEATURES[visited],
                loss,
                3,
                Estimators.meanNegativePart(FEATURES[action], INVERSE, FEATURES, POLICY));
    }

    @Test
    void estimatesByHand() {
        double[] plain = {3.02222222, .71111111, -1.24444444};
        double[] magnitudeReduced = {2.55555556, .71111111, -.31111111};
        for (int a = 0; a < 3; a++) {
            assertThat(Estimators.plain(FEATURES[a], INVERSE, FEATURES[0], 2)).isCloseTo(plain[a], within(PRECISION));
            assertThat(reduced(a, 0, 2)).isCloseTo(magnitudeReduced[a], within(PRECISION));
        }
    }

    @Test
    void bothEstimatesHaveTheSameExpectation() {
        double[] expected = {.68888889, 1.04444444, .42222222};
        for (int a = 0; a < 3; a++) {
            double plain = 0;
            double magnitudeReduced = 0;
            for (int visited = 0; visited < 3; visited++) {
                plain += POLICY[visited] * Estimators.plain(FEATURES[a], INVERSE, FEATURES[visited], 1);
                magnitudeReduced += POLICY[visited] * reduced(a, visited, 1);
                for (double loss = 0; loss <= 3; loss += .5) {
                    assertThat(reduced(a, visited, loss))
                            .isGreaterThanOrEqualTo(-3 * Math.sqrt(Vectors.squaredNorm(FEATURES[a], INVERSE)));
                }
            }
            assertThat(plain).isCloseTo(expected[a], within(PRECISION));
            assertThat(magnitudeReduced).isCloseTo(expected[a], within(PRECISION));
        }
    }

    @Test
    void theBonusByHand() {
        assertThat(Bonuses.of(.5, INVERSE, FEATURES, POLICY))
                .containsExactly(new double[] {1.57777778, 1.84444444, 1.57777778}, within(PRECISION));
        assertThat(Bonuses.of(0, INVERSE, FEATURES, POLICY)).containsOnly(0);
    }

    @Test
    void onUnitFeaturesTheEstimateIsImplicitExploration() {
        double[][] units = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[][] inverse = InverseCovariance.regularised(.1, units, POLICY);
        for (int a = 0; a < 3; a++) {
            assertThat(inverse[a][a]).isCloseTo(1 / (.1 + POLICY[a]), within(1e-12));
            assertThat(Estimators.plain(units[a], inverse, units[1], 2))
                    .isCloseTo(Estimators.implicitExploration(a == 1, POLICY[a], .1, 2), within(1e-12));
        }
    }

    @Test
    void geometricResamplingNearsTheInverse() {
        RestorableRandom random = new RestorableRandom(1);
        double[][] sampled = InverseCovariance.geometricResampling(
                .1, 2, () -> FEATURES[Draws.from(POLICY, random)], InverseCovariance.terms(.1, .001), 4000);
        for (int i = 0; i < 2; i++) {
            assertThat(sampled[i]).containsExactly(INVERSE[i], within(.1));
        }
    }

    /** With features that never vary the product has a closed form: a geometric series. */
    @Test
    void geometricResamplingOfOneVectorIsTheSeries() {
        double[][] sampled = InverseCovariance.geometricResampling(.2, 1, () -> new double[] {1}, 3, 1);
        double factor = 1 - .5 * 1.2;
        assertThat(sampled[0][0])
                .isCloseTo(.5 * (1 + factor + factor * factor + factor * factor * factor), within(1e-12));
    }
}
