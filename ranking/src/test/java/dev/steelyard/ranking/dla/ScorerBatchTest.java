package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScorerBatchTest {

    static Stream<MultilayerPerceptron> networks() {
        return Stream.of(
                new MultilayerPerceptron(4, 3, 5, 4, 1),
                new MultilayerPerceptron(4, 9, 8, 1),
                new MultilayerPerceptron(4, 3, 1),
                MultilayerPerceptron.ofLogits(4, 6, 3, 2, 1));
    }

    private static double[][] documents(int count, int features) {
        Random random = new Random(1);
        double[][] documents = new double[count][features];
        for (double[] document : documents) {
            Arrays.setAll(document, i -> random.nextGaussian());
        }
        return documents;
    }

    private static double weighted(MultilayerPerceptron scorer, double[][] documents, double[] weights) {
        double[] scores = scorer.scores(documents);
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            sum += weights[k] * scores[k];
        }
        return sum;
    }

    /** Two blocks, the second not full. */
    @ParameterizedTest
    @MethodSource("networks")
    void theGradientIsThatOfFiniteDifferences(MultilayerPerceptron scorer) {
        double[][] documents = documents(LayerBlock.ROWS + 7, scorer.features());
        double[] weights = new Random(2).doubles(documents.length, -1, 1).toArray();
        ScorerBatch batch = new ScorerBatch(scorer);
        double[] scores = new double[documents.length];
        batch.forward(documents, documents.length, scores);
        assertThat(scores).isEqualTo(scorer.scores(documents));
        double[] gradient = batch.gradient(weights).clone();
        for (int i = 0; i < gradient.length; i++) {
            double kept = scorer.parameters()[i];
            scorer.parameters()[i] = kept + 1e-5;
            double up = weighted(scorer, documents, weights);
            scorer.parameters()[i] = kept - 1e-5;
            double down = weighted(scorer, documents, weights);
            scorer.parameters()[i] = kept;
            assertThat(gradient[i]).isCloseTo((up - down) / 2e-5, within(1e-5));
        }
    }

    /** s = elu(w2 elu(W1 x + b1) + b2), written out. */
    @Test
    void scoresByHand() {
        MultilayerPerceptron scorer = new MultilayerPerceptron(1, 2, 2, 1);
        double[] parameters = {1, -1, .5, 2, 0, -1, 1, -2, .25};
        System.arraycopy(parameters, 0, scorer.parameters(), 0, parameters.length);
        // Units: 1*.5 - 1*1 + .5 = 0, and 2*.5 + 0*1 - 1 = 0; then 0*1 - 0*2 + .25.
        assertThat(scorer.scores(new double[][] {{.5, 1}})).containsExactly(.25);
        // Units: 0 - 2 + .5 = -1.5 and -1, both below 0.
        double first = Math.exp(-1.5) - 1;
        double second = Math.exp(-1) - 1;
        assertThat(scorer.scores(new double[][] {{0, 2}})[0]).isCloseTo(first - 2 * second + .25, within(1e-15));
        assertThatThrownBy(() -> scorer.scores(new double[][] {{1, 2, 3}})).hasMessageContaining("3 features");
        assertThatThrownBy(() -> new MultilayerPerceptron(1, 3, 2)).hasMessageContaining("the last 1");
    }

    @Test
    void aSavedScorerScoresAlike() {
        MultilayerPerceptron scorer = new MultilayerPerceptron(4, 3, 5, 1);
        double[][] documents = documents(4, 3);
        assertThat(MultilayerPerceptron.from(State.fromJson(scorer.state().toJson()))
                        .scores(documents))
                .isEqualTo(scorer.scores(documents));
    }

    @Test
    void threadsDoNotChangeABit() throws Exception {
        MultilayerPerceptron scorer = new MultilayerPerceptron(4, 20, 120, 1);
        double[][] documents = documents(6 * LayerBlock.ROWS - 3, 20);
        double[] weights = new Random(2).doubles(documents.length, -1, 1).toArray();
        double[][] gradients = new double[2][];
        for (int threads = 1; threads <= 2; threads++) {
            try (ForkJoinPool pool = new ForkJoinPool(threads == 1 ? 1 : 4)) {
                ScorerBatch batch = new ScorerBatch(scorer);
                batch.forward(documents, documents.length, new double[documents.length]);
                gradients[threads - 1] =
                        pool.submit(() -> batch.gradient(weights)).get().clone();
            }
        }
        assertThat(gradients[1]).isEqualTo(gradients[0]);
    }
}
