package dev.steelyard.online.wtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PolicyRegretTest {

    @Test
    void talliesByHand() {
        Tally tally = new Tally(MemoryWeights.of(1, .5, .25));
        double[] expected = {1, 1.5, 1, 1.25, 1.5, 1.75};
        int[] history = {0, 0, 1, 0, 0, 0};
        for (int t = 0; t < history.length; t++) {
            assertThat(tally.play(history[t])).isEqualTo(expected[t]);
        }
    }

    /** The O(1) tallies are the sums over the last m plays. */
    @Property(tries = 200)
    void fastTalliesAreTheSlowOnes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int memory,
            @ForAll @DoubleRange(min = 0, max = 1.2) double rho) {
        for (MemoryWeights weights : List.of(MemoryWeights.uniform(memory), MemoryWeights.geometric(memory, rho))) {
            double[] plain = new double[memory];
            for (int k = 0; k < memory; k++) {
                plain[k] = weights.weight(k);
            }
            Tally fast = new Tally(weights);
            Tally slow = new Tally(MemoryWeights.of(plain));
            Random random = new Random(seed);
            int action = 0;
            for (int t = 0; t < 200; t++) {
                action = random.nextInt(4) == 0 ? random.nextInt(20) : action;
                assertThat(fast.play(action)).isCloseTo(slow.play(action), within(1e-9));
            }
        }
    }

    /** A full tally is summed in another order than the plateau's; their last bits must not decide. */
    @Property(tries = 200)
    void aRampThatFallsIsRepeatedExposureOptimal(
            @ForAll @IntRange(min = 1, max = 12) int memory, @ForAll @DoubleRange(min = .05, max = 1) double rho) {
        MemoryWeights weights = MemoryWeights.geometric(memory, rho);
        PolicyRegret regret = new PolicyRegret(
                List.of(ExposureCurve.ramp(.9, .1, weights.sum()), ExposureCurve.constant(.4)), weights);
        assertThat(regret.isRepeatedExposureOptimal()).isTrue();
    }

    @Test
    void memoriesAndRampsHaveASize() {
        assertThatThrownBy(() -> MemoryWeights.uniform(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> MemoryWeights.geometric(-1, .5)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> MemoryWeights.linear(-2)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> ExposureCurve.ramp(.9, .1, 0)).hasMessageContaining("fullTally");
        assertThatThrownBy(() -> TallyCurve.fit(List.of(new TallyCurve.Play(0, .5)), -1))
                .hasMessageContaining("at least 1");
    }

    @Test
    void aTableIsReadOnStraightLines() {
        ExposureCurve curve = ExposureCurve.table(.9, .5, .1);
        assertThat(curve.loss(0)).isEqualTo(.9);
        assertThat(curve.loss(.5)).isCloseTo(.7, within(1e-12));
        assertThat(curve.loss(2)).isEqualTo(.1);
        assertThat(curve.loss(7)).isEqualTo(.1);
        assertThatThrownBy(() -> ExposureCurve.table()).hasMessageContaining("at least one");
        assertThatThrownBy(() -> ExposureCurve.table(2)).hasMessageContaining("[0, 1]");
    }

    @Test
    void weightsOfEachKind() {
        assertThat(MemoryWeights.uniform(3).sum()).isEqualTo(3);
        assertThat(MemoryWeights.geometric(3, .5).sum()).isEqualTo(1.75);
        assertThat(MemoryWeights.linear(4).sum()).isEqualTo(2.5);
        assertThatThrownBy(() -> MemoryWeights.of(1, -1)).hasMessageContaining("weights");
        assertThatThrownBy(() -> ExposureCurve.ramp(.5, 1.5, 3)).hasMessageContaining("loss");
    }

    /** A habit against a constant, whatever the weights: rounding lifts no tally above their sum. */
    @Test
    void roundingDoesNotEndRepeatedExposureOptimality() {
        Random random = new Random(1);
        for (int m = 1; m <= 12; m++) {
            for (int n = 0; n < 20; n++) {
                for (MemoryWeights weights : List.of(
                        MemoryWeights.geometric(m, .5 + .02 * n),
                        MemoryWeights.of(random.doubles(m).toArray()))) {
                    PolicyRegret regret = new PolicyRegret(
                            List.of(ExposureCurve.ramp(.9, .1, weights.sum()), ExposureCurve.constant(.4)), weights);
                    assertThat(regret.isRepeatedExposureOptimal())
                            .as("memory %s, instance %s", m, n)
                            .isTrue();
                }
            }
        }
    }

    /** The instance of two ramps and three plays back, by all 16 sequences. */
    @Test
    void fourPlaysOfTwoActionsByEnumeration() {
        MemoryWeights weights = MemoryWeights.uniform(3);
        PolicyRegret regret =
                new PolicyRegret(List.of(ExposureCurve.ramp(.9, .1, 3), ExposureCurve.ramp(.3, .35, 3)), weights);
        double best = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 16; code++) {
            best = Math.min(best, regret.loss(code & 1, code >> 1 & 1, code >> 2 & 1, code >> 3 & 1));
        }
        assertThat(best).isCloseTo(.3 + .05 / 9 + .3 + .2 / 9 + .35 + .35, within(1e-12));
        assertThat(regret.optimalLoss(4)).isCloseTo(best, within(1e-12));
    }

    @Test
    void badInstancesAreNamed() {
        assertThatThrownBy(() -> new PolicyRegret(List.of(), MemoryWeights.uniform(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("curve");
        assertThatThrownBy(() -> TallyCurve.fit(List.of(new TallyCurve.Play(0, .5)), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory");
        assertThatThrownBy(() -> MemoryWeights.geometric(-1, .5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory");
        assertThatThrownBy(() -> ExposureCurve.ramp(.1, .2, 0)).hasMessageContaining("fullTally");
    }

    @Test
    void dynamicProgrammingIsEnumeration() {
        Random random = new Random(1);
        for (int instance = 0; instance < 50; instance++) {
            int m = 1 + random.nextInt(3);
            int actions = 2 + random.nextInt(2);
            int horizon = 5;
            MemoryWeights weights = MemoryWeights.of(random.doubles(m, .1, 1).toArray());
            ExposureCurve[] curves = new ExposureCurve[actions];
            for (int a = 0; a < actions; a++) {
                curves[a] = ExposureCurve.ramp(random.nextDouble(), random.nextDouble(), weights.sum());
            }
            PolicyRegret regret = new PolicyRegret(List.of(curves), weights);
            double best = Double.POSITIVE_INFINITY;
            for (int code = 0; code < Math.pow(actions, horizon); code++) {
                int[] sequence = new int[horizon];
                int rest = code;
                for (int t = 0; t < horizon; t++) {
                    sequence[t] = rest % actions;
                    rest /= actions;
                }
                best = Math.min(best, regret.loss(sequence));
            }
            assertThat(regret.optimalLoss(horizon)).isCloseTo(best, within(1e-12));
            assertThat(regret.optimalMeanLoss()).isCloseTo(regret.optimalLoss(20_000) / 20_000, within(1e-3));
        }
    }

    @Test
    void repeatedExposureByHand() {
        MemoryWeights weights = MemoryWeights.uniform(3);
        PolicyRegret optimal =
                new PolicyRegret(List.of(ExposureCurve.ramp(.9, .1, 3), ExposureCurve.ramp(.3, .35, 3)), weights);
        assertThat(optimal.isRepeatedExposureOptimal()).isTrue();
        assertThat(optimal.bestAction()).isZero();
        assertThat(optimal.optimalMeanLoss()).isCloseTo(.1, within(1e-9));
        double ramp = (.9 - .8 / 9) + (.9 - .8 * 4 / 9) + .1 + .1;
        assertThat(optimal.fixedLoss(0, 4)).isCloseTo(ramp, within(1e-12));
        assertThat(optimal.loss(0, 0, 0, 0)).isCloseTo(ramp, within(1e-12));
        assertThat(optimal.upperBound(1.5, 4)).isCloseTo(1.1, within(1e-12));
        assertThat(optimal.fixedRegret(ramp + .25, 4)).isCloseTo(.25, within(1e-12));
        PolicyRegret alternating =
                new PolicyRegret(List.of(ExposureCurve.ramp(0, .9, 3), ExposureCurve.ramp(0, .8, 3)), weights);
        assertThat(alternating.isRepeatedExposureOptimal()).isFalse();
        assertThat(alternating.optimalMeanLoss()).isLessThan(.8);
        assertThatThrownBy(() -> new PolicyRegret(
                                List.of(ExposureCurve.constant(0), ExposureCurve.constant(.5)),
                                MemoryWeights.geometric(25, .7))
                        .isRepeatedExposureOptimal())
                .hasMessageContaining("25");
    }

    /** Of fifty equal weights there are fifty tallies only; a single action is never played after a pause. */
    @Test
    void longEqualMemoriesAndSingleActionsAreJudged() {
        MemoryWeights fifty = MemoryWeights.uniform(50);
        ExposureCurve habit = ExposureCurve.ramp(.9, .1, 50);
        assertThat(new PolicyRegret(List.of(habit, ExposureCurve.constant(.4)), fifty).isRepeatedExposureOptimal())
                .isTrue();
        assertThat(new PolicyRegret(List.of(habit, ExposureCurve.ramp(.05, .4, 50)), fifty).isRepeatedExposureOptimal())
                .isFalse();
        // Low at the tally 1.25, which needs a pause; alone the tallies are 1, 1.5 and 1.75.
        ExposureCurve dip = tally -> tally == 1.25 ? 0 : .5;
        MemoryWeights weights = MemoryWeights.of(1, .5, .25);
        assertThat(new PolicyRegret(List.of(dip), weights).isRepeatedExposureOptimal())
                .isTrue();
        assertThat(new PolicyRegret(List.of(dip, ExposureCurve.constant(.9)), weights).isRepeatedExposureOptimal())
                .isFalse();
    }

    @Test
    void curvesAreReadFromALog() {
        List<TallyCurve> curves = TallyCurve.fit(
                List.of(
                        new TallyCurve.Play(0, .9),
                        new TallyCurve.Play(0, .5),
                        new TallyCurve.Play(1, .4),
                        new TallyCurve.Play(0, .7),
                        new TallyCurve.Play(0, .3)),
                2);
        assertThat(curves.get(0).counts()).containsExactly(2, 2);
        assertThat(curves.get(0).means()).containsExactly(new double[] {.8, .4}, within(1e-12));
        assertThat(curves.get(1).means()[1]).isNaN();
        assertThatThrownBy(() -> TallyCurve.fit(List.of(new TallyCurve.Play(0, 2)), 2))
                .hasMessageContaining("play 0");
    }
}
