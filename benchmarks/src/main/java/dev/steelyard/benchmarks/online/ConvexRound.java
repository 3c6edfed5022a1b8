package dev.steelyard.benchmarks.online;

import dev.steelyard.online.Decision;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.Box;
import dev.steelyard.online.convex.ConvexLearner;
import dev.steelyard.online.convex.DescentStep;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.FollowTheLeader;
import dev.steelyard.online.convex.FollowTheRegularisedLeader;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.L1Ball;
import dev.steelyard.online.convex.OnlineGradientDescent;
import dev.steelyard.online.convex.OnlineNewtonStep;
import dev.steelyard.online.convex.OnlineOptimizer;
import dev.steelyard.online.convex.ProductDomain;
import dev.steelyard.online.convex.Simplex;
import dev.steelyard.online.oomdsea.DynamicOptimisticDescent;
import dev.steelyard.online.oomdsea.DynamicOptions;
import dev.steelyard.online.oomdsea.OptimisticMirrorDescent;
import dev.steelyard.online.oomdsea.OptimisticNewtonStep;
import dev.steelyard.online.oomdsea.StepSchedule;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One point and its gradient with each convex learner, on the unit ball unless told otherwise. Newton steps are O(d^2) and more: use 10, 100. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ConvexRound {

    private static final int ROUNDS = 64;
    private static final double DIAMETER = 2;
    private static final double BOUND = 1;
    private static final double SMOOTHNESS = 0.25;
    private static final long HORIZON = 1_000_000;

    @Param({"10", "100"})
    int dimension;

    @Param({
        "gradient-descent",
        "optimistic-mirror-descent",
        "optimistic-regularised-leader",
        "optimistic-leader",
        "two-layer",
        "newton",
        "optimistic-newton"
    })
    String learner;

    /** For other shapes use {@code -p domain=box,simplex,l1,product}. */
    @Param("ball")
    String domain;

    private ConvexLearner made;
    private double[][] gradients;
    private int round;

    @Setup(Level.Trial)
    public void make() {
        made = new ConvexLearner(optimizer(domain()));
        SplittableRandom random = new SplittableRandom(1);
        gradients = new double[ROUNDS][];
        for (int r = 0; r < ROUNDS; r++) {
            gradients[r] = random.doubles(dimension, -1, 1).toArray();
            double scale = BOUND / Math.sqrt(dimension);
            for (int i = 0; i < dimension; i++) {
                gradients[r][i] *= scale;
            }
        }
    }

    /** Each of a diameter of at most 2. */
    private Domain domain() {
        return switch (domain) {
            case "ball" -> Ball.aroundZero(dimension, 1);
            case "box" -> Box.cube(dimension, 1 / Math.sqrt(dimension));
            case "simplex" -> Simplex.probabilities(dimension);
            case "l1" -> new L1Ball(dimension, 1);
            case "product" ->
                new ProductDomain(List.of(new L1Ball(dimension / 2, 0.5), Simplex.probabilities(dimension / 2)));
            default -> throw new IllegalArgumentException("no domain is called " + domain);
        };
    }

    private OnlineOptimizer optimizer(Domain ball) {
        return switch (learner) {
            case "gradient-descent" -> new OnlineGradientDescent(ball, new DescentStep.InverseRoot(DIAMETER, BOUND));
            case "optimistic-mirror-descent" ->
                new OptimisticMirrorDescent(ball, StepSchedule.convex(DIAMETER, BOUND, 0));
            case "optimistic-regularised-leader" -> FollowTheRegularisedLeader.optimistic(ball, 0, BOUND);
            case "optimistic-leader" -> new FollowTheLeader(ball, 1, Hint.lastGradient());
            case "two-layer" -> new DynamicOptimisticDescent(ball, new DynamicOptions(BOUND, SMOOTHNESS, HORIZON));
            case "newton" -> new OnlineNewtonStep(ball, BOUND, 1);
            case "optimistic-newton" -> new OptimisticNewtonStep(ball, BOUND, 1, 1, Hint.lastGradient());
            default -> throw new IllegalArgumentException("no optimiser is called " + learner);
        };
    }

    @Benchmark
    public double[] round() {
        Decision<double[]> decision = made.decide(null);
        made.feedback(decision.id(), gradients[round++ & (ROUNDS - 1)]);
        return decision.action();
    }
}
