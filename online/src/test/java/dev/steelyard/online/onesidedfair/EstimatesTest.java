package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EstimatesTest {

    @Test
    void costIsHalfTheErrorUpToAConstantOfTheLabels() {
        int k = 4;
        for (int predictionBits = 0; predictionBits < 1 << k; predictionBits++) {
            for (int labelBits = 0; labelBits < 1 << k; labelBits++) {
                boolean[] predictions = bits(predictionBits, k);
                boolean[] labels = bits(labelBits, k);
                int ones = Integer.bitCount(labelBits);
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += predictions[i] ? 1 - 2 * (labels[i] ? 1 : 0) : 0;
                }
                assertThat(Costs.of(predictions, labels)).isEqualTo(k / 2.0 + sum / 2);
                assertThat(Costs.errors(predictions, labels)).isEqualTo((int) (ones + sum));
            }
        }
    }

    private static boolean[] bits(int bits, int k) {
        boolean[] values = new boolean[k];
        for (int i = 0; i < k; i++) {
            values[i] = (bits >> i & 1) == 1;
        }
        return values;
    }

    /** Enumerates the draw of the hypothesis: the mean of the estimate is the cost itself. */
    @Test
    void theEstimateOfTheCostOfAcceptingIsUnbiased() {
        double[] weights = {.2, .5, .3};
        boolean[] predictions = {true, false, true};
        double probability = .5;
        for (boolean label : new boolean[] {false, true}) {
            double mean = 0;
            double meanOfZero = 0;
            for (int h = 0; h < 3; h++) {
                mean += weights[h] * Costs.estimateOfOne(predictions[h], label, 1 / probability);
                meanOfZero +=
                        weights[h] * Costs.estimateOfZero(ZeroCost.SEMI_BANDIT, predictions[h], 1 / (1 - probability));
            }
            assertThat(mean).isCloseTo(label ? 0 : 1, within(1e-12));
            assertThat(meanOfZero).isCloseTo(.5, within(1e-12));
        }
    }

    /** Draws every hypothesis in turn: over the draw, accepted cases weigh 1 on average, and so do rejected ones. */
    @Property(tries = 100)
    void overTheDrawEveryCaseWeighsOne(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int count,
            @ForAll @IntRange(min = 1, max = 4) int k) {
        RestorableRandom random = new RestorableRandom(seed);
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (int h = 0; h < count; h++) {
            hypotheses.add(new Hypothesis.Stump(0, random.nextDouble(), random.nextBoolean()));
        }
        ExponentialWeights engine = new ExponentialWeights(hypotheses, .7);
        for (int learnt = 0; learnt < 5; learnt++) {
            engine.learn(new double[] {random.nextDouble()}, random.nextDouble(), random.nextDouble());
        }
        double[][] batch = new double[k][];
        for (int i = 0; i < k; i++) {
            batch[i] = new double[] {random.nextDouble()};
        }
        double[] weights = engine.weights();
        double[] one = new double[k];
        double[] zero = new double[k];
        double below = 0;
        FairEngine.Play play = null;
        for (int h = 0; h < count; h++) {
            double middle = below + weights[h] / 2;
            below += weights[h];
            play = engine.play(batch, Drawing.PER_BATCH, () -> (long) (middle * (1L << 53)) << 11);
            for (int i = 0; i < k; i++) {
                assertThat(play.accepted()[i]).isEqualTo(hypotheses.get(h).accepts(batch[i]));
                one[i] += weights[h] * play.inverseOne()[i];
                zero[i] += weights[h] * play.inverseZero()[i];
            }
        }
        for (int i = 0; i < k; i++) {
            double probability = play.probabilities()[i];
            assertThat(one[i]).isCloseTo(probability > 0 ? 1 : 0, within(1e-9));
            boolean rejected = false;
            for (Hypothesis hypothesis : hypotheses) {
                rejected |= !hypothesis.accepts(batch[i]);
            }
            assertThat(zero[i]).isCloseTo(rejected ? 1 : 0, within(1e-9));
        }
    }

    @Test
    void geometricResamplingHasTheMeanOfTheCappedGeometricLaw() {
        assertThat(SemiBanditFtpl.expectedDraws(1, 40)).isEqualTo(1);
        assertThat(SemiBanditFtpl.expectedDraws(.5, 2)).isEqualTo(1.5);
        assertThat(SemiBanditFtpl.expectedDraws(.1, 10_000)).isCloseTo(10, within(1e-9));

        // With pure noise, the two constants are drawn with probability 1/2 each.
        List<Hypothesis> constants = List.of(new Hypothesis.Constant(true), new Hypothesis.Constant(false));
        SemiBanditFtpl engine =
                new SemiBanditFtpl(new ListOracle(constants), new double[][] {{0}}, new FtplOptions(1, 3, 1));
        engine.begin(10, 1, 0);
        RestorableRandom random = new RestorableRandom(5);
        int runs = 40_000;
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            FairEngine.Play play = engine.play(new double[][] {{0}}, Drawing.PER_BATCH, random);
            sum += play.inverseOne()[0] + play.inverseZero()[0];
        }
        assertThat(sum / runs).isCloseTo(SemiBanditFtpl.expectedDraws(.5, 3), within(.02));
    }

    @Test
    void theStumpOracleFindsWhatTryingAllStumpsFinds() {
        RestorableRandom random = new RestorableRandom(3);
        for (int repetition = 0; repetition < 200; repetition++) {
            StumpOracle oracle = new StumpOracle(2);
            double[][] points = new double[8][];
            double[] weights = new double[8];
            for (int i = 0; i < 8; i++) {
                points[i] = new double[] {random.nextInt(4), random.nextInt(4)};
                weights[i] = random.nextInt(11) - 5;
            }
            for (int i = 0; i < 4; i++) {
                oracle.add(points[i], weights[i]);
            }
            Hypothesis best = oracle.best(Arrays.copyOfRange(points, 4, 8), Arrays.copyOfRange(weights, 4, 8));
            double least = 0;
            for (int feature = 0; feature < 2; feature++) {
                for (double threshold = -.5; threshold < 5; threshold++) {
                    for (boolean above : new boolean[] {false, true}) {
                        least = Math.min(least, cost(new Hypothesis.Stump(feature, threshold, above), points, weights));
                    }
                }
            }
            assertThat(cost(best, points, weights)).isEqualTo(least);
        }
    }

    private static double cost(Hypothesis hypothesis, double[][] points, double[] weights) {
        double cost = 0;
        for (int i = 0; i < points.length; i++) {
            cost += hypothesis.accepts(points[i]) ? weights[i] : 0;
        }
        return cost;
    }

    @Test
    void theLogisticOracleSeparatesWhatCanBeSeparatedAndSaysThatItIsASurrogate() {
        LogisticOracle oracle = new LogisticOracle(1, 1e-4);
        assertThat(oracle.isExact()).isFalse();
        oracle.add(new double[] {1}, -1);
        oracle.add(new double[] {2}, -1);
        oracle.add(new double[] {-1}, 1);
        Hypothesis best = oracle.best(new double[][] {{-2}}, new double[] {1});
        assertThat(best.accepts(new double[] {1.5})).isTrue();
        assertThat(best.accepts(new double[] {-1.5})).isFalse();
    }

    @Test
    void aDecisionListTakesTheFirstRuleThatHolds() {
        Hypothesis list = new Hypothesis.DecisionList(
                List.of(
                        new Hypothesis.DecisionList.Rule(new Hypothesis.Stump(0, .9, true), true),
                        new Hypothesis.DecisionList.Rule(new Hypothesis.Stump(1, .5, true), false)),
                true);
        assertThat(list.accepts(new double[] {.95, 1})).isTrue();
        assertThat(list.accepts(new double[] {.5, 1})).isFalse();
        assertThat(list.accepts(new double[] {.5, 0})).isTrue();
    }
}
