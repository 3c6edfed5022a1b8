package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.ranking.click.ClickModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropensityModelTest {

    private static final int PLACES = 10;
    private static final DualOptions BROWSING = DualOptionsBuilder.builder(DualOptions.DEFAULT)
            .previousClicks(true)
            .propensityRate(.05)
            .build();

    private static List<ClickedList> batch(Random random, int size) {
        List<ClickedList> batch = new ArrayList<>();
        while (batch.size() < size) {
            double[][] features = new double[PLACES][];
            double[] relevance = new double[PLACES];
            for (int k = 0; k < PLACES; k++) {
                relevance[k] = .1 + .9 * random.nextDouble();
                features[k] = new double[] {Math.log(relevance[k])};
            }
            batch.add(new ClickedList(features, ClickModel.userBrowsing(1).clicks(relevance, random)));
        }
        return batch;
    }

    /** A place's input is its own number and the clicks above it, and no other. */
    @Test
    void aLookDependsOnTheClicksAboveOnly() {
        BrowsingPropensity model = new BrowsingPropensity(BROWSING);
        boolean[] clicks = new boolean[PLACES];
        double[] without = model.logits(clicks);
        clicks[4] = true;
        double[] with = model.logits(clicks);
        assertThat(Arrays.copyOf(with, 5)).isEqualTo(Arrays.copyOf(without, 5));
        for (int k = 5; k < PLACES; k++) {
            assertThat(with[k]).isNotEqualTo(without[k]);
        }
        ListBatch lists = new ListBatch();
        lists.add(new ClickedList(new double[PLACES][1], clicks), PLACES);
        double[] inBatch = new double[PLACES];
        model.logits(lists, inBatch);
        assertThat(inBatch).isEqualTo(with);
    }

    /** With known relevance, users who look where they clicked last are described better with the clicks than without. */
    @Test
    void earlierClicksDescribeBrowsingUsersBetter() {
        double[] losses = new double[2];
        for (int input = 0; input < 2; input++) {
            PropensityModel model =
                    input == 0 ? new PlacePropensity(DualOptions.DEFAULT) : new BrowsingPropensity(BROWSING);
            DualGradients gradients = new DualGradients(ClickLoss.SOFTMAX, Double.POSITIVE_INFINITY);
            ListBatch lists = new ListBatch();
            Random random = new Random(5);
            for (int step = 0; step < 400; step++) {
                lists.clear();
                batch(random, 64).forEach(list -> lists.addUsable(list, PLACES));
                double[] scores = new double[lists.documents()];
                for (int k = 0; k < scores.length; k++) {
                    scores[k] = lists.features()[k][0];
                }
                double[] logits = new double[scores.length];
                model.logits(lists, logits);
                gradients.compute(lists, scores, logits);
                model.step(lists, gradients.ofLogits);
                losses[input] += step < 300 ? 0 : gradients.examinationLoss / 100;
            }
        }
        assertThat(losses[1]).isLessThan(losses[0] - .005);
    }

    @Test
    void learnersGoOnExactlyWithEitherModelLossAndRule() {
        for (DualOptions options : List.of(
                BROWSING,
                DualOptionsBuilder.builder(DualOptions.DEFAULT)
                        .loss(ClickLoss.SIGMOID)
                        .l2(1e-3)
                        .build(),
                DualOptionsBuilder.builder(DualOptions.DEFAULT)
                        .stepRule(StepRule.SGD)
                        .largestWeight(5)
                        .build())) {
            Random random = new Random(1);
            DualLearner learner = new DualLearner(new MultilayerPerceptron(1, 1, 4, 1), options);
            for (int step = 0; step < 100; step++) {
                learner.learn(batch(random, 32));
            }
            double[][] documents = {{Math.log(.2)}, {Math.log(.9)}, {Math.log(.5)}};
            assertThat(learner.rank(documents)).as(options.toString()).containsExactly(1, 2, 0);
            assertThat(learner.propensities()[0]).isEqualTo(1);
            DualLearner restored = new DualLearner(new MultilayerPerceptron(2, 1, 4, 1), options);
            restored.restore(State.fromJson(learner.snapshot().toJson()));
            List<ClickedList> next = batch(random, 32);
            learner.learn(next);
            restored.learn(next);
            assertThat(restored.snapshot()).isEqualTo(learner.snapshot());
        }
    }

    /** theta -= rate (g + l2 theta), by hand, and clipped to norm 1. */
    @Test
    void stepsByHand() {
        double[] parameters = {1, 2};
        new GradientSteps(2, StepRule.SGD, .1, 100, .5).step(parameters, new double[] {3, -1});
        assertThat(parameters).containsExactly(new double[] {1 - .1 * 3.5, 2}, within(1e-15));
        double[] clipped = {0, 0};
        new GradientSteps(2, StepRule.SGD, .1, 1, 0).step(clipped, new double[] {3, -4});
        assertThat(clipped).containsExactly(new double[] {-.06, .08}, within(1e-15));
        double[] adaptive = {0, 0};
        new GradientSteps(2, StepRule.ADAGRAD, .1, 100, 0).step(adaptive, new double[] {3, -4});
        assertThat(adaptive).containsExactly(new double[] {-.3 / Math.sqrt(9.1), .4 / Math.sqrt(16.1)}, within(1e-15));
    }

    @Test
    void badOptionsAreNamed() {
        DualOptionsBuilder.With options = DualOptionsBuilder.from(DualOptions.DEFAULT);
        assertThatThrownBy(() -> options.withL2(-1)).hasMessageContaining("l2").hasMessageContaining("-1");
        assertThatThrownBy(() -> options.withLoss(null)).hasMessageContaining("loss");
        assertThatThrownBy(() -> options.withPositions(1)).hasMessageContaining("positions");
        assertThatThrownBy(() -> options.withRankRate(Double.POSITIVE_INFINITY))
                .hasMessageContaining("rankRate must be finite");
        assertThatThrownBy(() -> options.withPropensityRate(Double.NaN)).hasMessageContaining("propensityRate");
    }
}
