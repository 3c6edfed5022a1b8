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
    void sharesAndInverseWeightsByHand() {
        assertThat(shares(LOGITS)).containsExactly(new double[] {.50648039, .30719589, .18632372}, within(PRECISION));
        assertThat(inverse(LOGITS)).containsExactly(new double[] {1, 1.64872127, 2.71828183}, within(PRECISION));
        assertThat(shares(SCORES[0]))
                .containsExactly(new double[] {.66524096, .24472847, .09003057}, within(PRECISION));
        assertThat(shares(SCORES[1]))
                .containsExactly(new double[] {.30724834, .41474187, .27800979}, within(PRECISION));
        assertThat(inverse(SCORES[0])).containsExactly(new double[] {1, 2.71828183, 7.38905610}, within(PRECISION));
        assertThat(inverse(SCORES[1])).containsExactly(new double[] {1, .74081822, 1.10517092}, within(PRECISION));
    }

    private static double[] shares(double[] logits) {
        return Arrays.stream(SoftmaxLoss.logSoftmax(logits)).map(Math::exp).toArray();
    }

    private static double[] inverse(double[] logits) {
        double[] ratios = new double[logits.length];
        ClickLoss.SOFTMAX.inverseRatios(logits, 0, logits.length, ratios);
        return ratios;
    }

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

    @Test
    void weightsOfTwoListsByHand() {
        assertThat(inverse(LOGITS)).containsExactly(new double[] {1, 1.64872127, 2.71828183}, within(PRECISION));
        assertThat(inverse(SCORES[0])).containsExactly(new double[] {1, 2.71828183, 7.38905610}, within(PRECISION));
        assertThat(inverse(SCORES[1])).containsExactly(new double[] {1, .74081822, 1.10517092}, within(PRECISION));
        double[][] relevance = {{.66524096, .24472847, .09003057}, {.30724834, .41474187, .27800979}};
        for (int b = 0; b < 2; b++) {
            double[] softmax = Arrays.stream(SoftmaxLoss.logSoftmax(SCORES[b]))
                    .map(Math::exp)
                    .toArray();
            assertThat(softmax).containsExactly(relevance[b], within(PRECISION));
        }
        // The exponent is cut at 20.
        assertThat(inverse(new double[] {100, 0, 200}))
                .containsExactly(new double[] {1, Math.exp(20), Math.exp(-20)}, within(1e-6));
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

    /** Ratios of sigmoid(g - mean g), and weighted cross entropy over the number of documents, written out. */
    @Test
    void thePointwiseFormByHand() {
        double[] inverse = new double[3];
        double mean = (1 + 0 - 1) / 3.0;
        ClickLoss.SIGMOID.inverseRatios(SCORES[0], 0, 3, inverse);
        for (int k = 0; k < 3; k++) {
            assertThat(inverse[k]).isCloseTo(sigmoid(1 - mean) / sigmoid(SCORES[0][k] - mean), within(1e-12));
        }
        DualLosses losses = DualLosses.of(SCORES, LOGITS, CLICKS, ClickLoss.SIGMOID, Double.POSITIVE_INFINITY);
        double expected = 0;
        for (int b = 0; b < 2; b++) {
            for (int k = 0; k < 3; k++) {
                double weight = sigmoid(LOGITS[0]) / sigmoid(LOGITS[k]);
                double probability = sigmoid(SCORES[b][k]);
                expected -= weight * Math.log(CLICKS[b][k] ? probability : 1 - probability) / 6;
            }
        }
        assertThat(losses.rankLoss()).isCloseTo(expected, within(1e-12));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Both losses by finite differences, the other model's weights frozen, whichever the form. */
    @Property(tries = 40)
    void frozenGradientsAreFiniteDifferences(@ForAll long seed, @ForAll ClickLoss loss) {
        Batch batch = draw(seed);
        ListBatch lists = new ListBatch();
        double[] logits = new double[12];
        double[] weights = new Random(seed).doubles(12, .1, 3).toArray();
        for (int b = 0; b < 3; b++) {
            lists.add(new ClickedList(new double[4][], batch.clicks()[b]), 4);
            System.arraycopy(batch.scores()[b], 0, logits, 4 * b, 4);
        }
        double total = loss.total(lists.clicks(), weights, 12);
        double[] gradient = new double[12];
        loss(loss, lists, logits, weights, gradient);
        for (int k = 0; k < 12; k++) {
            double kept = logits[k];
            logits[k] = kept + 1e-6;
            double up = loss(loss, lists, logits, weights, new double[12]);
            logits[k] = kept - 1e-6;
            double down = loss(loss, lists, logits, weights, new double[12]);
            logits[k] = kept;
            assertThat(gradient[k] / total).isCloseTo((up - down) / 2e-6, within(1e-7));
        }
    }

    private static double loss(ClickLoss loss, ListBatch lists, double[] logits, double[] weights, double[] gradient) {
        double sum = 0;
        for (int b = 0; b < lists.lists(); b++) {
            sum += loss.add(logits, lists.clicks(), weights, lists.from(b), lists.from(b + 1), gradient);
        }
        return sum / loss.total(lists.clicks(), weights, lists.documents());
    }

    /** A list shorter than there are places is a softmax over its own places only. */
    @Test
    void shortListsLeavePlacesOut() {
        double[][] scores = {{.3, -.2}, {.1, .4, .2}};
        boolean[][] clicks = {{false, true}, {true, false, false}};
        DualLosses losses = DualLosses.of(scores, LOGITS, clicks, Double.POSITIVE_INFINITY);
        double ipw = Math.exp(.5);
        double irw = Math.exp(.5);
        double rank = ipw * -SoftmaxLoss.logSoftmax(scores[0])[1] - SoftmaxLoss.logSoftmax(scores[1])[0];
        assertThat(losses.rankLoss()).isCloseTo(rank / (ipw + 1), within(1e-12));
        double examination = irw * -SoftmaxLoss.logSoftmax(new double[] {.5, 0})[1] - SoftmaxLoss.logSoftmax(LOGITS)[0];
        assertThat(losses.examinationLoss()).isCloseTo(examination / (irw + 1), within(1e-12));
    }
}
