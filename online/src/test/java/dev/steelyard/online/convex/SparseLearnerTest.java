package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.oomdsea.OptimisticMirrorDescent;
import dev.steelyard.online.oomdsea.SparseMirrorDescent;
import dev.steelyard.online.oomdsea.StepSchedule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SparseLearnerTest {

    abstract static class Contract extends OnlineLearnerContract<SparseVector, Double, Double> {
        @Override
        protected SparseVector context(int round) {
            return new SparseVector(
                    new int[] {round % 3, 3 + round % 4}, new double[] {Math.sin(round), Math.cos(round / 3.0)});
        }

        @Override
        protected Double outcome(int round, Double action) {
            return round % 3 == 0 ? 1.0 : 0.0;
        }

        @Override
        protected Double invalidOutcome() {
            return Double.NaN;
        }
    }

    @Nested
    class OnABall extends Contract {
        @Override
        protected OnlineLearner<SparseVector, Double, Double> learner(long seed) {
            return new SparseLearner(
                    ScalarLoss.LOGISTIC,
                    7,
                    true,
                    SparseMirrorDescent.of(Ball.aroundZero(8, 1), new StepSchedule.Convex(2, 1, 0, true)));
        }
    }

    @Nested
    class OnABoxWithL1 extends Contract {
        @Override
        protected OnlineLearner<SparseVector, Double, Double> learner(long seed) {
            Box box = Box.cube(7, .3);
            return new SparseLearner(
                    ScalarLoss.SQUARED,
                    7,
                    false,
                    new SparseMirrorDescent(box, StepSchedule.stronglyConvex(.5), false, .05, box.centre()));
        }
    }

    private static SparseVector draw(int features, RandomGenerator random) {
        TreeMap<Integer, Double> entries = new TreeMap<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
            entries.put(random.nextInt(features), random.nextGaussian());
        }
        return SparseVector.of(entries);
    }

    /** Scores and weights of 300 rounds, the domain binding or not, are those of the dense learner. */
    @Property(tries = 300)
    void itIsTheDenseLearner(
            @ForAll @IntRange(min = 1, max = 40) int features,
            @ForAll @DoubleRange(min = -2, max = 1) double logSize,
            @ForAll ScalarLoss loss,
            @ForAll boolean intercept,
            @ForAll boolean optimistic,
            @ForAll @IntRange(min = 0, max = 3) int kind,
            @ForAll boolean strongly,
            @ForAll long seed) {
        RestorableRandom random = new RestorableRandom(seed);
        int d = features + (intercept ? 1 : 0);
        double size = Math.pow(10, logSize);
        double[] corner = new double[d];
        Arrays.setAll(corner, i -> random.nextGaussian());
        Domain domain =
                switch (kind) {
                    case 0 -> Ball.aroundZero(d, size);
                    case 1 -> new Ball(corner, size);
                    default ->
                        new Box(corner, Arrays.stream(corner).map(c -> c + size).toArray());
                };
        double weight = kind == 3 ? .1 : 0;
        StepSchedule schedule =
                strongly ? StepSchedule.stronglyConvex(.1) : new StepSchedule.Convex(domain.diameter(), 1e-6, 0, true);
        double[] start = domain.project(new double[d]);
        SupervisedLearner dense = new SupervisedLearner(
                loss,
                features,
                intercept,
                WeightLearner.byGradients(new OptimisticMirrorDescent(
                        MirrorMap.withL1(domain, weight),
                        schedule,
                        optimistic ? Hint.lastGradient() : Hint.none(),
                        start)));
        SparseLearner sparse = new SparseLearner(
                loss, features, intercept, new SparseMirrorDescent(domain, schedule, optimistic, weight, start));
        for (int t = 0; t < 300; t++) {
            SparseVector instance = draw(features, random);
            double label = random.nextBoolean() ? 1 : 0;
            double allowed = 1e-9 * (1 + size);
            assertThat(sparse.predict(instance))
                    .isCloseTo(dense.predict(instance.dense(features)), within(10 * allowed));
            if (t % 100 == 99) {
                assertThat(sparse.weights()).containsExactly(dense.weights(), within(allowed));
                assertThat(domain.contains(sparse.weights(), 1e-12)).isTrue();
            }
            // Where the slope jumps, roundings of the score could tell the two apart for good.
            double score = loss == ScalarLoss.LOGISTIC ? 0 : dense.predict(instance.dense(features));
            boolean kink = loss == ScalarLoss.ABSOLUTE && Math.abs(score - label) < 1e-7
                    || loss == ScalarLoss.HINGE && Math.abs((2 * label - 1) * score - 1) < 1e-7;
            if (!kink) {
                dense.learn(instance.dense(features), label);
                sparse.learn(instance, label);
            }
        }
        assertThat(sparse.meanLoss()).isCloseTo(dense.meanLoss(), within(1e-8 * (1 + size)));
    }

    /** The length that is kept beside the vector is that of the vector after 100,000 steps. */
    @Test
    void aBallsLengthDoesNotDrift() {
        RestorableRandom random = new RestorableRandom(4);
        Ball ball = Ball.aroundZero(1000, 1);
        SparseMirrorDescent optimizer = SparseMirrorDescent.of(ball, new StepSchedule.Fixed(.3));
        for (int t = 0; t < 100_000; t++) {
            optimizer.observe(draw(1000, random));
        }
        assertThat(Vectors.norm(optimizer.point())).isCloseTo(1, within(1e-9));
    }

    /** A learner that begins at another's weights predicts as that one does. */
    @Test
    void itStartsWarm() {
        Ball ball = Ball.aroundZero(3, 5);
        SparseLearner cold = new SparseLearner(
                ScalarLoss.SQUARED, 3, false, SparseMirrorDescent.of(ball, new StepSchedule.Convex(10, 1, 0, true)));
        for (int t = 0; t < 200; t++) {
            cold.learn(new SparseVector(new int[] {t % 3}, new double[] {1}), t % 3 - 1);
        }
        SparseLearner warm = new SparseLearner(
                ScalarLoss.SQUARED,
                3,
                false,
                new SparseMirrorDescent(ball, new StepSchedule.Convex(10, 1, 0, true), true, 0, cold.weights()));
        assertThat(warm.predict(new SparseVector(new int[] {2}, new double[] {1})))
                .isCloseTo(1, within(.05));
    }

    @Test
    void namesAreHashedWithSigns() {
        // Published values of MurmurHash3_x86_32 with seed 0.
        assertThat(FeatureHashing.murmur3("".getBytes())).isZero();
        assertThat(FeatureHashing.murmur3("hello".getBytes())).isEqualTo(0x248bfa47);
        assertThat(FeatureHashing.murmur3("hello, world".getBytes())).isEqualTo(0x149bbb7f);
        assertThat(FeatureHashing.murmur3("The quick brown fox jumps over the lazy dog".getBytes()))
                .isEqualTo(0x2e4ff723);
        SparseVector hashed = new FeatureHashing(8).hash(Map.of("hello", 2.0));
        assertThat(hashed).isEqualTo(new SparseVector(new int[] {0x47}, new double[] {2}));
        assertThat(new FeatureHashing(1)
                        .hash(Map.of("a", 1.0, "b", 1.0, "c", 1.0))
                        .span())
                .isLessThanOrEqualTo(2);
        assertThatThrownBy(() -> new FeatureHashing(0)).hasMessageContaining("bits must be 1 to 28");
        assertThatThrownBy(() -> new FeatureHashing(8).hash(Map.of("a", Double.NaN)))
                .hasMessageContaining("feature 'a'");
    }

    /** Signed hashing keeps inner products in the mean: of 400 pairs, the mean error is a few standard errors at most. */
    @Test
    void hashingKeepsInnerProductsInTheMean() {
        FeatureHashing hashing = new FeatureHashing(4);
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < 400; n++) {
            Map<String, Double> x = new TreeMap<>();
            for (int i = 0; i < 20; i++) {
                x.put("feature " + n + " " + i, 1.0);
            }
            double error = hashing.hash(x).squaredNorm() - 20;
            sum += error;
            squares += error * error;
        }
        assertThat(Math.abs(sum / 400)).isLessThan(4 * Math.sqrt(squares) / 400);
    }

    private static SparseExampleReader hashed(String text) {
        return SparseExampleReader.hashed("x", new BufferedReader(new StringReader(text)), new FeatureHashing(10));
    }

    @Test
    void namedFeaturesAreReadAndTaught() throws IOException {
        SparseLearner learner = new SparseLearner(
                ScalarLoss.LOGISTIC,
                1 << 10,
                true,
                SparseMirrorDescent.of(Ball.aroundZero((1 << 10) + 1, 10), new StepSchedule.Convex(20, 1e-6, 0, true)));
        try (SparseExampleReader reader = hashed("1 word:rain:1 long # first\n\n-1 word:sun:1 long:0.5\n".repeat(50))) {
            assertThat(reader.teach(learner)).isEqualTo(100);
        }
        FeatureHashing hashing = new FeatureHashing(10);
        assertThat(learner.predict(hashing.hash(Map.of("word:rain", 1.0)))).isGreaterThan(.8);
        assertThat(learner.predict(hashing.hash(Map.of("word:sun", 1.0)))).isLessThan(.2);
        assertThatThrownBy(() -> hashed("1 a:x").next()).hasMessageContaining("x:1: the value of feature 'a'");
        assertThatThrownBy(() -> hashed("1 a:1\n7 a:1").teach(learner)).hasMessageContaining("x:2: the label is 7");
        try (SparseExampleReader reader =
                SparseExampleReader.svmlight("x", new BufferedReader(new StringReader("1 1:0.3 7:1.5 # comment")), 9)) {
            assertThat(reader.next())
                    .isEqualTo(new SparseExample(new SparseVector(new int[] {0, 6}, new double[] {.3, 1.5}), 1));
        }
    }

    @Test
    void badVectorsAndDomainsAreNamedAndChangeNothing() {
        assertThatThrownBy(() -> new SparseVector(new int[] {2, 2}, new double[2]))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> new SparseVector(new int[] {2}, new double[] {Double.NaN}))
                .hasMessageContaining("feature 2");
        Ball ball = Ball.aroundZero(3, 1);
        SparseMirrorDescent optimizer = SparseMirrorDescent.of(ball, StepSchedule.stronglyConvex(1));
        SparseLearner learner = new SparseLearner(ScalarLoss.HINGE, 3, false, optimizer);
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.learn(new SparseVector(new int[] {3}, new double[] {1}), 1))
                .hasMessageContaining("feature 3, counted from 0, where there are 3");
        assertThatThrownBy(() -> learner.learn(new SparseVector(new int[] {0}, new double[] {1}), 7))
                .hasMessageContaining("label is 7");
        assertThat(learner.snapshot()).isEqualTo(before);
        assertThatThrownBy(() -> SparseMirrorDescent.of(Simplex.probabilities(3), StepSchedule.stronglyConvex(1)))
                .hasMessageContaining("boxes");
        assertThatThrownBy(() -> new SparseMirrorDescent(ball, StepSchedule.stronglyConvex(1), true, .1, ball.centre()))
                .hasMessageContaining("with an l1 term");
        assertThatThrownBy(() ->
                        new SparseMirrorDescent(ball, StepSchedule.stronglyConvex(1), true, 0, new double[] {2, 0, 0}))
                .hasMessageContaining("is not in");
    }
}
