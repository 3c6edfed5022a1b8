package dev.steelyard.online.oomdsea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.Box;
import dev.steelyard.online.convex.ConvexLearner;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.L1Ball;
import dev.steelyard.online.convex.MirrorMap;
import dev.steelyard.online.convex.ModelLoss;
import dev.steelyard.online.convex.OnlineOptimizer;
import dev.steelyard.online.convex.ProductDomain;
import dev.steelyard.online.convex.ScalarLoss;
import dev.steelyard.online.convex.Simplex;
import dev.steelyard.online.convex.SuppliedHint;
import dev.steelyard.online.convex.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What must hold of every run, whatever the gradients. */
class OptimisticInvariantsTest {

    private static final List<Domain> DOMAINS = List.of(
            Ball.aroundZero(3, 1),
            new Ball(new double[] {3, 0, -1}, .5),
            new Box(new double[] {-1, 0, 2}, new double[] {1, 1, 3}),
            Simplex.probabilities(3),
            new L1Ball(3, 2),
            new ProductDomain(List.of(Simplex.probabilities(2), Box.cube(1, .5))));

    private static double[] draw(RandomGenerator random) {
        double[] gradient = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        return Vectors.plus(new double[3], 1 / Vectors.norm(gradient), gradient);
    }

    private static List<OnlineOptimizer> all(Domain domain) {
        return List.of(
                new OptimisticMirrorDescent(domain, StepSchedule.convex(domain.diameter(), 1, .1)),
                new OptimisticMirrorDescent(domain, StepSchedule.calmStronglyConvex(.2, .5)),
                OptimisticNewtonStep.of(domain, 1, 1, 1),
                new DynamicOptimisticDescent(domain, new DynamicOptions(1, .1, 64)));
    }

    @Test
    void allPointsLieInTheDomain() {
        for (Domain domain : DOMAINS) {
            for (OnlineOptimizer optimizer : all(domain)) {
                RestorableRandom random = new RestorableRandom(1);
                for (int t = 0; t < 60; t++) {
                    double[] point = optimizer.predict();
                    assertThat(domain.contains(point, 1e-12))
                            .as("%s on %s: %s", optimizer.name(), domain, Arrays.toString(point))
                            .isTrue();
                    assertThat(optimizer.predict()).isEqualTo(point);
                    optimizer.observe(draw(random));
                }
            }
        }
    }

    @Test
    void stepsNeverGrow() {
        for (StepSchedule schedule : List.of(
                StepSchedule.convex(2, 1, .1),
                new StepSchedule.Convex(2, .1, 0, true),
                StepSchedule.stronglyConvex(.3))) {
            OptimisticMirrorDescent optimizer = new OptimisticMirrorDescent(DOMAINS.getFirst(), schedule);
            RestorableRandom random = new RestorableRandom(2);
            double last = Double.POSITIVE_INFINITY;
            for (int t = 0; t < 50; t++) {
                assertThat(optimizer.step()).isLessThanOrEqualTo(last);
                last = optimizer.step();
                optimizer.observe(draw(random));
            }
        }
    }

    @Test
    void perfectOptimismNeverLowersTheStep() {
        SuppliedHint hint = Hint.supplied();
        Domain ball = DOMAINS.getFirst();
        StepSchedule schedule = StepSchedule.convex(2, 1, .1);
        OptimisticMirrorDescent optimizer =
                new OptimisticMirrorDescent(MirrorMap.euclidean(ball), schedule, hint, ball.centre());
        double first = optimizer.step();
        RestorableRandom random = new RestorableRandom(3);
        for (int t = 0; t < 30; t++) {
            double[] gradient = draw(random);
            hint.supply(gradient);
            optimizer.predict();
            optimizer.observe(gradient);
            assertThat(optimizer.variation()).isZero();
            assertThat(optimizer.step()).isEqualTo(first);
        }
    }

    /** Without optimism the point is the auxiliary one: gradient descent with D / sqrt(delta + 4 G^2 + sum |g|^2). */
    @Test
    void withoutOptimismItIsGradientDescent() {
        Domain ball = DOMAINS.getFirst();
        OptimisticMirrorDescent optimizer = new OptimisticMirrorDescent(
                MirrorMap.euclidean(ball), StepSchedule.convex(2, 1, .1), Hint.none(), ball.centre());
        RestorableRandom random = new RestorableRandom(4);
        double[] x = ball.centre();
        double squares = 0;
        for (int t = 0; t < 40; t++) {
            assertThat(optimizer.predict()).containsExactly(x, within(1e-12)).isEqualTo(optimizer.auxiliary());
            double[] gradient = draw(random);
            double step = 2 / Math.sqrt(10 * 4 * .01 + 4 + squares);
            x = ball.project(Vectors.plus(x, -step, gradient));
            squares += Vectors.dot(gradient, gradient);
            optimizer.observe(gradient);
        }
    }

    @Test
    void aConstantGradientIsForeseenFromTheSecondRound() {
        OptimisticMirrorDescent optimizer =
                new OptimisticMirrorDescent(DOMAINS.getFirst(), StepSchedule.convex(2, 1, .1));
        for (int t = 0; t < 10; t++) {
            optimizer.observe(new double[] {.6, 0, .8});
            assertThat(optimizer.variation()).isCloseTo(1, within(1e-15));
        }
    }

    /** The same losses about another centre move all points along; a rotation rotates them. */
    @Test
    void translationsAndRotationsCommute() {
        double[] shift = {3, -2, 1};
        double[][] rotation = {{.6, -.8, 0}, {.8, .6, 0}, {0, 0, 1}};
        List<OnlineOptimizer> here = all(Ball.aroundZero(3, 1));
        List<OnlineOptimizer> there = all(new Ball(shift, 1));
        List<OnlineOptimizer> turned = all(Ball.aroundZero(3, 1));
        for (int i = 0; i < here.size(); i++) {
            RestorableRandom random = new RestorableRandom(5);
            for (int t = 0; t < 40; t++) {
                double[] x = here.get(i).predict();
                assertThat(there.get(i).predict()).containsExactly(Vectors.plus(x, 1, shift), within(1e-9));
                assertThat(turned.get(i).predict()).containsExactly(Vectors.times(rotation, x), within(1e-9));
                double[] gradient = draw(random);
                here.get(i).observe(gradient);
                there.get(i).observe(gradient);
                turned.get(i).observe(Vectors.times(rotation, gradient));
            }
        }
    }

    /** f_t = lambda/2 |x - c_t|^2 where nothing is cut off: xh_{t+1} = xh_t - (2/t) (x_t - c_t), whatever lambda. */
    @Test
    void theStronglyConvexRecursion() {
        double lambda = .7;
        OptimisticMirrorDescent optimizer =
                new OptimisticMirrorDescent(Ball.aroundZero(3, 1e6), StepSchedule.stronglyConvex(lambda));
        RestorableRandom random = new RestorableRandom(6);
        double[] auxiliary = new double[3];
        for (int t = 1; t <= 30; t++) {
            double[] away = Vectors.plus(optimizer.predict(), -1, draw(random));
            optimizer.observe(Vectors.plus(new double[3], lambda, away));
            auxiliary = Vectors.plus(auxiliary, -2.0 / t, away);
            assertThat(optimizer.auxiliary()).containsExactly(auxiliary, within(1e-9));
        }
    }

    /** G^2 T / (8 L^2 D^2) = 4^29, of which the quotient of natural logarithms is above 29. */
    @Test
    void thePoolsSizeIsExactAtPowersOfFour() {
        assertThat(new DynamicOptions(1, 0x1p-30, 2).steps(1, 2)).hasSize(30);
    }

    @Test
    void thePoolDoublesUpToItsCap() {
        double[] steps = new DynamicOptions(1, .01, 1000).steps(2, 1000);
        double first = Math.sqrt(4 / (8 * 1000.0));
        for (int i = 0; i < steps.length; i++) {
            assertThat(steps[i]).isEqualTo(Math.min(12.5, first * Math.pow(2, i)));
        }
        // ceil(log2(1000 / (8 * .0001 * 4)) / 2) + 1.
        assertThat(steps).hasSize(11);
        assertThat(steps[10]).isEqualTo(12.5);
    }

    /** Under so large an L that all steps are the cap, the pool is its one learner. */
    @Test
    void aPoolOfEqualsIsItsLearner() {
        Domain ball = DOMAINS.getFirst();
        DynamicOptimisticDescent pool = new DynamicOptimisticDescent(ball, new DynamicOptions(1, 5, 10));
        assertThat(pool.steps()).containsOnly(1 / 40.0);
        OptimisticMirrorDescent single = new OptimisticMirrorDescent(ball, new StepSchedule.Fixed(1 / 40.0));
        RestorableRandom random = new RestorableRandom(7);
        for (int t = 0; t < 30; t++) {
            assertThat(pool.predict()).containsExactly(single.predict(), within(1e-12));
            assertThat(Arrays.stream(pool.weights()).sum()).isCloseTo(1, within(1e-12));
            double[] gradient = draw(random);
            pool.observe(gradient);
            single.observe(gradient);
        }
    }

    /** Far from the domain's border, linear losses move every start alike. */
    @Test
    void aPoolBeginsWhereItIsTold() {
        double[] start = {.25, -.5, .125};
        Domain wide = Box.cube(3, 1e3);
        DynamicOptions options = new DynamicOptions(1, 1e-3, 64);
        DynamicOptimisticDescent cold = new DynamicOptimisticDescent(wide, options);
        DynamicOptimisticDescent warm = new DynamicOptimisticDescent(wide, options, start);
        start[0] = 9;
        RestorableRandom random = new RestorableRandom(17);
        for (int t = 0; t < 3; t++) {
            double[] moved = Vectors.plus(warm.predict(), -1, new double[] {.25, -.5, .125});
            assertThat(moved).containsExactly(cold.predict(), within(1e-9));
            double[] gradient = draw(random);
            cold.observe(gradient);
            warm.observe(gradient);
        }
        assertThatThrownBy(() -> new DynamicOptimisticDescent(DOMAINS.getFirst(), options, new double[] {1, 1, 1}))
                .hasMessageContaining("is not in the ball");
    }

    /** Corrections, optimism, rate and weights of the second layer, once more from the formulas. */
    @Test
    void theSecondLayerByItsFormulas() {
        DynamicOptions options = new DynamicOptions(1, .1, 50);
        Domain ball = DOMAINS.getFirst();
        DynamicOptimisticDescent pool = new DynamicOptimisticDescent(ball, options);
        RestorableRandom random = new RestorableRandom(8);
        int size = pool.steps().length;
        double[] losses = new double[size];
        double[][] before = null;
        double[] hint = new double[3];
        double variation = 0;
        for (int t = 0; t < 30; t++) {
            double[][] points = pool.points();
            double rate = 1 / (8 * 4 * .1);
            if (variation > 0) {
                rate = Math.min(rate, Math.sqrt(Math.log(size) / (4 * variation)));
            }
            double[] gradient = draw(random);
            double[] weights = new double[size];
            double sum = 0;
            for (int i = 0; i < size; i++) {
                double correction = before == null ? 0 : .2 * Vectors.squaredDistance(points[i], before[i]);
                weights[i] = Math.exp(-rate * (losses[i] + Vectors.dot(hint, points[i]) + correction));
                losses[i] += Vectors.dot(gradient, points[i]) + correction;
                sum += weights[i];
            }
            double total = sum;
            assertThat(pool.weights())
                    .containsExactly(Arrays.stream(weights).map(w -> w / total).toArray(), within(1e-9));
            variation += Vectors.squaredDistance(gradient, hint);
            hint = gradient;
            before = points;
            pool.observe(gradient);
        }
    }

    @Test
    void anUnknownHorizonDoubles() {
        DynamicOptimisticDescent pool =
                new DynamicOptimisticDescent(DOMAINS.getFirst(), new DynamicOptions(1, .01, 2, true));
        RestorableRandom random = new RestorableRandom(9);
        double first = pool.steps()[0];
        double[] halved = {first, first, first / Math.sqrt(2), first / Math.sqrt(2), first / 2};
        for (double expected : halved) {
            assertThat(pool.steps()[0]).isCloseTo(expected, within(1e-15));
            pool.observe(draw(random));
        }
    }

    @Test
    void hintsAreWhatTheySay() {
        Hint average = Hint.movingAverage(2);
        assertThat(average.guess(2)).containsExactly(0, 0);
        average.observe(new double[] {1, 0});
        assertThat(average.guess(2)).containsExactly(1, 0);
        average.observe(new double[] {0, 1});
        average.observe(new double[] {0, 3});
        assertThat(average.guess(2)).containsExactly(0, 2);
        assertThatThrownBy(() -> Hint.movingAverage(0)).hasMessageContaining("window");
        assertThatThrownBy(() -> ((SuppliedHint) Hint.none()).supply(new double[2]))
                .hasMessageContaining("always zero");
    }

    /** An l1 term keeps coordinates at 0 whose gradients are smaller than its weight. */
    @Test
    void theCompositeTermMakesPointsSparse() {
        Domain ball = DOMAINS.getFirst();
        OptimisticMirrorDescent optimizer = new OptimisticMirrorDescent(
                MirrorMap.withL1(ball, .2), StepSchedule.convex(2, 1, 0), Hint.lastGradient(), ball.centre());
        for (int t = 0; t < 20; t++) {
            optimizer.observe(new double[] {.5, .1, -.1});
        }
        assertThat(optimizer.predict()[0]).isNegative();
        assertThat(optimizer.predict()[1]).isZero();
        assertThat(optimizer.predict()[2]).isZero();
    }

    /** Absolute losses on the line: x_1 = 0; then the proximal steps of eta = 2/sqrt(4 + V), V by the gaps of slopes. */
    @Test
    void proximalStepsByHand() {
        Domain line = Ball.aroundZero(1, 1);
        ImplicitMirrorDescent optimizer = new ImplicitMirrorDescent(
                line, new StepSchedule.Convex(2, 1, 0, false), ImplicitMirrorDescent.Play.PROXIMAL);
        ModelLoss first = new ModelLoss(ScalarLoss.ABSOLUTE, new double[] {1}, .5);
        ModelLoss second = new ModelLoss(ScalarLoss.ABSOLUTE, new double[] {1}, -2);
        assertThat(optimizer.weights()).containsExactly(0);
        optimizer.learn(first, optimizer.weights());
        // A gradient step of 1 would reach 1; the proximal one stops at the label.
        assertThat(optimizer.auxiliary()).containsExactly(.5);
        assertThat(optimizer.variation()).isEqualTo(1);
        assertThat(optimizer.weights()).containsExactly(.5);
        optimizer.learn(second, optimizer.weights());
        // eta = 2/sqrt(5), slope 1 all over the line; the gap to the first loss's slopes is up to 2.
        assertThat(optimizer.auxiliary()).containsExactly(new double[] {.5 - 2 / Math.sqrt(5)}, within(1e-12));
        assertThat(optimizer.variation()).isEqualTo(1 + 4);
        // Now the hint is the second loss: one more step of 2/3, cut at the end of the line.
        assertThat(optimizer.weights()).containsExactly(Math.max(-1, .5 - 2 / Math.sqrt(5) - 2.0 / 3));
    }

    /** Late gradients are learnt in the order of arrival, the hint being the last one that came. */
    @Test
    void lateGradientsAreLearntAsTheyArrive() {
        OptimisticMirrorDescent late = new OptimisticMirrorDescent(DOMAINS.getFirst(), StepSchedule.convex(2, 1, .1));
        ConvexLearner learner = new ConvexLearner(late);
        long first = learner.decide(null).id();
        long second = learner.decide(null).id();
        double[] one = {.6, 0, .8};
        double[] two = {0, 1, 0};
        learner.feedback(second, two);
        learner.feedback(first, one);
        OptimisticMirrorDescent direct = new OptimisticMirrorDescent(DOMAINS.getFirst(), StepSchedule.convex(2, 1, .1));
        direct.observe(two);
        direct.observe(one);
        assertThat(late.auxiliary()).isEqualTo(direct.auxiliary());
        assertThat(late.variation()).isEqualTo(1 + Vectors.squaredDistance(one, two));
        double[] foreseen = Vectors.plus(late.auxiliary(), -late.step(), one);
        assertThat(late.predict()).containsExactly(DOMAINS.getFirst().project(foreseen), within(1e-15));
    }

    @Test
    void badGradientsChangeNothing() {
        for (OnlineOptimizer optimizer : all(DOMAINS.getFirst())) {
            optimizer.observe(new double[] {.1, .2, .3});
            State before = optimizer.snapshot();
            assertThatThrownBy(() -> optimizer.observe(new double[] {1, Double.POSITIVE_INFINITY, 0}))
                    .hasMessageContaining("entry 1");
            assertThatThrownBy(() -> optimizer.observe(new double[] {1, 0})).hasMessageContaining("dimension");
            assertThat(optimizer.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void excessesAreCountedAndBadConstantsNamed() {
        Domain ball = DOMAINS.getFirst();
        OptimisticMirrorDescent optimizer = new OptimisticMirrorDescent(ball, StepSchedule.convex(2, 1, 0));
        optimizer.observe(new double[] {0, 2, 0});
        optimizer.observe(new double[] {0, 1, 0});
        assertThat(optimizer.excesses()).isEqualTo(1);
        assertThatThrownBy(() -> StepSchedule.convex(0, 1, 0)).hasMessageContaining("diameter");
        assertThatThrownBy(() -> StepSchedule.convex(2, 0, 0)).hasMessageContaining("gradientBound");
        assertThatThrownBy(() -> StepSchedule.convex(2, 1, -1)).hasMessageContaining("smoothness");
        assertThatThrownBy(() -> StepSchedule.stronglyConvex(0)).hasMessageContaining("lambda");
        assertThatThrownBy(() -> OptimisticNewtonStep.of(ball, 1, 0, 1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> new DynamicOptions(1, 0, 5)).hasMessageContaining("smoothness");
        assertThatThrownBy(() -> new DynamicOptions(1, 1, 0)).hasMessageContaining("horizon");
        assertThatThrownBy(() -> new OptimisticMirrorDescent(
                        MirrorMap.euclidean(ball), StepSchedule.stronglyConvex(1), Hint.none(), new double[] {2, 0, 0}))
                .hasMessageContaining("the start [2.0, 0.0, 0.0], of dimension 3, is not in");
    }
}
