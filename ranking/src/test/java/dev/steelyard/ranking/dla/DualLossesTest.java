package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DualLossesTest {

    private static final double PRECISION = 5e-9;
    private static final double[][] SCORES = {{1, 0, -1}, {.2, .5, .1}};
    private static final double[] LOGITS = {.5, 0, -.5};
    private static final boolean[][] CLICKS = {{true, false, true}, {false, true, false}};

    @Test
    void twoListsByHand() {
        DualLosses losses = DualLosses.of(SCORES, LOGITS, CLICKS, Double.POSITIVE_INFINITY);
        assertThat(losses.rankLoss()).isCloseTo(1.56571465, within(PRECISION));
        assertThat(losses.examinationLoss()).isCloseTo(1.53016803, within(PRECISION));
        assertThat(losses.scoreGradients()[0])
                .containsExactly(new double[] {.27455795, .16954889, -.44410684}, within(PRECISION));
        assertThat(losses.scoreGradients()[1])
                .containsExactly(new double[] {.09438542, -.17978889, .08540346}, within(PRECISION));
        assertThat(losses.logitGradient())
                .containsExactly(new double[] {.39694986, .22605367, -.62300353}, within(PRECISION));
        double[] places =
                Arrays.stream(SoftmaxLoss.logSoftmax(LOGITS)).map(Math::exp).toArray();
        assertThat(places).containsExactly(new double[] {.50648039, .30719589, .18632372}, within(PRECISION));
    }

    private record Batch(double[][] scores, double[] logits, boolean[][] clicks) {}

    private static Batch draw(long seed) {
        Random random = new Random(seed);
        double[][] scores = new double[3][4];
        boolean[][] clicks = new boolean[3][4];
        for (int b = 0; b < 3; b++) {
            for (int k = 0; k < 4; k++) {
                scores[b][k] = random.nextGaussian();
                clicks[b][k] = random.nextInt(3) == 0;
            }
        }
        clicks[0][1] = true;
        return new Batch(scores, random.doubles(4).toArray(), clicks);
    }

    @Property(tries = 100)
    void gradientsSumToZeroAndConstantsDoNotMatter(@ForAll long seed) {
        Batch batch = draw(seed);
        DualLosses losses = DualLosses.of(batch.scores(), batch.logits(), batch.clicks(), Double.POSITIVE_INFINITY);
        assertThat(Arrays.stream(losses.logitGradient()).sum()).isCloseTo(0, within(1e-12));
        for (double[] list : losses.scoreGradients()) {
            assertThat(Arrays.stream(list).sum()).isCloseTo(0, within(1e-12));
        }
        double[][] shifted = Arrays.stream(batch.scores())
                .map(list -> Arrays.stream(list).map(s -> s + list[0]).toArray())
                .toArray(double[][]::new);
        DualLosses same = DualLosses.of(
                shifted,
                Arrays.stream(batch.logits()).map(g -> g - 3).toArray(),
                batch.clicks(),
                Double.POSITIVE_INFINITY);
        assertThat(same.rankLoss()).isCloseTo(losses.rankLoss(), within(1e-9));
        assertThat(same.logitGradient()).containsExactly(losses.logitGradient(), within(1e-9));
    }

    @Test
    void equalLogitsGiveThePlainLossAndEqualScoresTheShareOfClicks() {
        Batch batch = draw(4);
        double[][] ones = Arrays.stream(batch.clicks())
                .map(list -> {
                    double[] weights = new double[list.length];
                    for (int k = 0; k < weights.length; k++) {
                        weights[k] = list[k] ? 1 : 0;
                    }
                    return weights;
                })
                .toArray(double[][]::new);
        assertThat(DualLosses.of(batch.scores(), new double[4], batch.clicks(), Double.POSITIVE_INFINITY)
                        .rankLoss())
                .isEqualTo(SoftmaxLoss.of(batch.scores(), ones).loss());

        DualLosses equal = DualLosses.of(new double[3][4], batch.logits(), batch.clicks(), Double.POSITIVE_INFINITY);
        double[] places = Arrays.stream(SoftmaxLoss.logSoftmax(batch.logits()))
                .map(Math::exp)
                .toArray();
        double all = Arrays.stream(ones).flatMapToDouble(Arrays::stream).sum();
        for (int k = 0; k < 4; k++) {
            double share = (ones[0][k] + ones[1][k] + ones[2][k]) / all;
            assertThat(equal.logitGradient()[k]).isCloseTo(places[k] - share, within(1e-12));
        }
    }

    /** With the weights frozen, the gradients are those of the softmax loss, by finite differences. */
    @Property(tries = 30)
    void gradientsAreFiniteDifferences(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] scores = draw(seed).scores();
        double[][] weights = new double[3][4];
        for (double[] list : weights) {
            for (int k = 0; k < 4; k++) {
                list[k] = random.nextDouble();
            }
        }
        double[][] gradients = SoftmaxLoss.of(scores, weights).gradients();
        double step = 1e-6;
        for (int b = 0; b < 3; b++) {
            for (int k = 0; k < 4; k++) {
                double kept = scores[b][k];
                scores[b][k] = kept + step;
                double up = SoftmaxLoss.of(scores, weights).loss();
                scores[b][k] = kept - step;
                double down = SoftmaxLoss.of(scores, weights).loss();
                scores[b][k] = kept;
                assertThat(gradients[b][k]).isCloseTo((up - down) / (2 * step), within(1e-7));
            }
        }
    }

    /** Expected clicks P*R* make (log R*, log P*) a point without gradient: every click pattern is counted by chance. */
    @Test
    void theTruthIsAFixedPoint() {
        double[] places = {.5, .3, .2};
        double[] relevance = {.2, .7, .4};

        double[] scores = Arrays.stream(relevance).map(Math::log).toArray();
        double[] logits = Arrays.stream(places).map(Math::log).toArray();
        double[] ipw = new double[3];
        double[] irw = new double[3];
        for (int k = 0; k < 3; k++) {
            double clicks = places[k] * relevance[k];
            ipw[k] = clicks * places[0] / places[k];
            irw[k] = clicks * relevance[0] / relevance[k];
        }
        double[] scoreGradient =
                SoftmaxLoss.of(new double[][] {scores}, new double[][] {ipw}).gradients()[0];
        double[] logitGradient =
                SoftmaxLoss.of(new double[][] {logits}, new double[][] {irw}).gradients()[0];
        assertThat(scoreGradient).containsExactly(new double[3], within(1e-12));
        assertThat(logitGradient).containsExactly(new double[3], within(1e-12));
    }

    @Test
    void badBatchesAreNamed() {
        assertThatThrownBy(() -> DualLosses.of(SCORES, LOGITS, new boolean[2][3], 10))
                .hasMessageContaining("click");
        assertThatThrownBy(() ->
                        DualLosses.of(new double[][] {{0, Double.NaN}}, LOGITS, new boolean[][] {{true, false}}, 10))
                .hasMessageContaining("list 0");
        assertThatThrownBy(() -> DualLosses.of(SCORES, new double[2], CLICKS, 10))
                .hasMessageContaining("places");
    }

    @Test
    void weightsCanBeCut() {
        DualLosses cut = DualLosses.of(SCORES, LOGITS, CLICKS, 1);
        double plain = 0;
        plain -= SoftmaxLoss.logSoftmax(SCORES[0])[0] + SoftmaxLoss.logSoftmax(SCORES[0])[2];
        plain -= SoftmaxLoss.logSoftmax(SCORES[1])[1];
        assertThat(cut.rankLoss()).isCloseTo(plain / 3, within(1e-12));
    }
}
