package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.click.ClickModel;
import dev.steelyard.ranking.click.ExaminationTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnersTest {

    private static final int DOCUMENTS = 10;

    /** Documents of one feature, their log relevance, in random order; position-based clicks. */
    private static ClickedList session(Random random) {
        double[][] features = new double[DOCUMENTS][];
        double[] relevance = new double[DOCUMENTS];
        for (int k = 0; k < DOCUMENTS; k++) {
            relevance[k] = .1 + .9 * random.nextDouble();
            features[k] = new double[] {Math.log(relevance[k])};
        }
        return new ClickedList(features, ClickModel.positionBased(1).clicks(relevance, random));
    }

    private static List<ClickedList> batch(Random random, int size) {
        List<ClickedList> batch = new ArrayList<>();
        while (batch.size() < size) {
            batch.add(session(random));
        }
        return batch;
    }

    private static double[] truth() {
        double[] examination = ExaminationTables.positions(1);
        return Arrays.stream(examination).map(e -> e / examination[0]).toArray();
    }

    /** With scores held at the true log relevance, the places' logits find the true propensities. */
    @Test
    void propensitiesAreFoundWhenRelevanceIsKnown() {
        Random random = new Random(3);
        PlacePropensity propensity = new PlacePropensity(DualOptions.DEFAULT);
        DualGradients gradients = new DualGradients(ClickLoss.SOFTMAX, Double.POSITIVE_INFINITY);
        ListBatch lists = new ListBatch();
        for (int step = 0; step < 2000; step++) {
            lists.clear();
            batch(random, 128).forEach(list -> lists.addUsable(list, DOCUMENTS));
            double[] scores = new double[lists.documents()];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = lists.features()[k][0];
            }
            double[] logits = new double[scores.length];
            propensity.logits(lists, logits);
            gradients.compute(lists, scores, logits);
            propensity.step(lists, gradients.ofLogits);
        }
        double[] logits = propensity.logits(new boolean[0]);
        double[] found = Arrays.stream(logits).map(g -> Math.exp(g - logits[0])).toArray();
        assertThat(found).containsExactly(truth(), within(.05));
    }

    private static DualLearner learner() {
        return new DualLearner(new MultilayerPerceptron(1, 1, 4, 1), DualOptions.DEFAULT);
    }

    @Test
    void learnsToRankAndGoesOnExactlyFromASnapshot() {
        DualLearner learner = learner();
        Random random = new Random(1);
        for (int step = 0; step < 150; step++) {
            assertThat(learner.learn(batch(random, 32))).isTrue();
        }
        double[][] documents = {{Math.log(.2)}, {Math.log(.9)}, {Math.log(.5)}};
        assertThat(learner.rank(documents)).containsExactly(1, 2, 0);
        assertThat(learner.propensities()[0]).isEqualTo(1);

        State saved = State.fromJson(learner.snapshot().toJson());
        DualLearner restored = learner();
        restored.restore(saved);
        List<ClickedList> next = batch(random, 32);
        learner.learn(next);
        restored.learn(next);
        assertThat(restored.snapshot()).isEqualTo(learner.snapshot());
        assertThat(restored.rankLoss()).isEqualTo(learner.rankLoss());
        assertThat(restored.examinationLoss()).isEqualTo(learner.examinationLoss());
        assertThatThrownBy(() -> new DualLearner(new MultilayerPerceptron(1, 2, 1), DualOptions.DEFAULT).restore(saved))
                .isInstanceOf(StateException.class);
    }

    @Test
    void listsThatSayNothingArePassedOverAndLongOnesCut() {
        DualLearner learner = learner();
        State before = learner.snapshot();
        ClickedList silent = new ClickedList(new double[][] {{1}, {2}}, new boolean[2]);
        ClickedList single = new ClickedList(new double[][] {{1}}, new boolean[] {true});
        assertThat(learner.learn(List.of(silent, single))).isFalse();
        assertThat(learner.snapshot()).isEqualTo(before);
        double[][] longList = new double[12][1];
        boolean[] clicks = new boolean[12];
        clicks[3] = true;
        assertThat(learner.learn(List.of(new ClickedList(longList, clicks)))).isTrue();
        assertThat(learner.cutLists()).isEqualTo(1);
    }

    @Test
    void badDocumentsAreNamedAndChangeNothing() {
        DualLearner learner = learner();
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.learn(
                        List.of(new ClickedList(new double[][] {{1, 2}, {3, 4}}, new boolean[] {true, false}))))
                .hasMessageContaining("2 features");
        assertThatThrownBy(() -> learner.learn(
                        List.of(new ClickedList(new double[][] {{Double.NaN}, {3}}, new boolean[] {true, false}))))
                .hasMessageContaining("list 0");
        assertThatThrownBy(() -> new ClickedList(new double[2][1], new boolean[3]))
                .hasMessageContaining("2 documents");
        assertThat(learner.snapshot()).isEqualTo(before);
    }

    @Test
    void randomisationFindsInversePropensities() {
        Random random = new Random(5);
        Randomisation randomisation = new Randomisation(DOCUMENTS);
        for (int session = 0; session < 200_000; session++) {
            randomisation.add(session(random).clicks());
        }
        double[] truth = truth();
        double[] inverse = randomisation.inversePropensities();
        for (int k = 0; k < DOCUMENTS; k++) {
            assertThat(inverse[k] * truth[k]).isCloseTo(1, within(.06));
        }
        assertThatThrownBy(() -> new Randomisation(3).inversePropensities()).hasMessageContaining("place 1");
    }

    @Test
    void posteriorsAreProbabilities() {
        for (double theta = 0; theta <= 1; theta += .1) {
            for (double gamma = 0; gamma <= 1; gamma += .1) {
                assertThat(RegressionEm.examinedWithoutClick(theta, gamma)).isBetween(0.0, 1.0);
                assertThat(RegressionEm.relevantWithoutClick(theta, gamma)).isBetween(0.0, 1.0);
            }
        }
        assertThat(RegressionEm.examinedWithoutClick(.5, .5)).isCloseTo(.25 / .75, within(1e-12));
    }

    @Test
    void theBaselinesLearn() {
        Random random = new Random(2);
        List<ClickLearner> learners = List.of(
                WeightedClickLearner.naive(new MultilayerPerceptron(1, 1, 4, 1), DOCUMENTS, .05),
                new WeightedClickLearner(
                        new MultilayerPerceptron(1, 1, 4, 1),
                        Arrays.stream(truth()).map(p -> 1 / p).toArray(),
                        .05),
                new RegressionEm(new MultilayerPerceptron(1, 1, 4, 1), DOCUMENTS, .05, 1));
        double[][] documents = {{Math.log(.2)}, {Math.log(.9)}, {Math.log(.5)}};
        for (ClickLearner learner : learners) {
            State before = learner.snapshot();
            for (int step = 0; step < 300; step++) {
                learner.learn(batch(random, 32));
            }
            assertThat(learner.rank(documents)).containsExactly(1, 2, 0);
            State after = learner.snapshot();
            List<ClickedList> next = batch(random, 32);
            learner.learn(next);
            State further = learner.snapshot();
            learner.restore(before);
            assertThat(learner.snapshot()).isEqualTo(before).isNotEqualTo(after);
            learner.restore(State.fromJson(after.toJson()));
            learner.learn(next);
            assertThat(learner.snapshot()).isEqualTo(further);
            assertThatThrownBy(() -> learner.restore(State.of("elo"))).isInstanceOf(StateException.class);
            assertThatThrownBy(() -> learner.learn(
                            List.of(new ClickedList(new double[][] {{Double.NaN}, {3}}, new boolean[] {true, false}))))
                    .hasMessageContaining("list 0");
            assertThat(learner.snapshot()).isEqualTo(further);
        }
    }

    @Test
    void theClickModelFindsRelevanceAndExaminationUpToScale() {
        Random random = new Random(7);
        double[] relevance = {.2, .9, .5, .4};
        PositionBasedEm em = new PositionBasedEm(new int[] {4}, 4);
        for (int session = 0; session < 40_000; session++) {
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
            java.util.Collections.shuffle(order, random);
            int[] shown = order.stream().mapToInt(i -> i).toArray();
            double[] inOrder =
                    Arrays.stream(shown).mapToDouble(d -> relevance[d]).toArray();
            em.add(0, shown, ClickModel.positionBased(1).clicks(inOrder, random));
        }
        em.fit(200);
        for (int d = 0; d < 4; d++) {
            assertThat(em.relevance(0)[d] / em.relevance(0)[1]).isCloseTo(relevance[d] / relevance[1], within(.05));
        }
        for (int k = 0; k < 4; k++) {
            assertThat(em.examination()[k] / em.examination()[0]).isCloseTo(truth()[k], within(.05));
        }
    }

    /** Users who browse: what the model finds is their table, up to the scale that relevance shares with it. */
    @Test
    void theBrowsingModelFindsHowLooksDependOnTheLastClick() {
        Random random = new Random(8);
        double[] relevance = {.3, .9, .5, .7};
        UserBrowsingEm em = new UserBrowsingEm(new int[] {4}, 4);
        for (int session = 0; session < 60_000; session++) {
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
            java.util.Collections.shuffle(order, random);
            int[] shown = order.stream().mapToInt(i -> i).toArray();
            double[] inOrder =
                    Arrays.stream(shown).mapToDouble(d -> relevance[d]).toArray();
            em.add(0, shown, ClickModel.userBrowsing(1).clicks(inOrder, random));
        }
        em.fit(300);
        for (int d = 0; d < 4; d++) {
            assertThat(em.relevance(0)[d] / em.relevance(0)[1]).isCloseTo(relevance[d] / relevance[1], within(.05));
        }
        double scale = em.examination(0, -1);
        for (int k = 0; k < 4; k++) {
            for (int last = -1; last < k; last++) {
                assertThat(em.examination(k, last) / scale)
                        .as("place " + k + " after " + last)
                        .isCloseTo(ExaminationTables.browsing(k, last, 1), within(.07));
            }
        }
        assertThatThrownBy(() -> em.examination(2, 2)).hasMessageContaining("no place 2");
    }
}
