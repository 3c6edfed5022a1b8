package dev.steelyard.benchmarks.online;

import dev.steelyard.online.MetaLearner;
import dev.steelyard.online.experts.AdaNormalHedge;
import dev.steelyard.online.experts.Hedge;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/**
 * Weighs all experts and learns all their losses. {@code exponentials} is what either cannot do without: one exponential an
 * expert.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ExpertRound {

    private static final int ROUNDS = 64;

    @Param({"10", "100", "1000"})
    int experts;

    private MetaLearner hedge;
    private MetaLearner adaNormalHedge;
    private int[] awake;
    private double[][] losses;
    private double[] weights;
    private int round;

    @Setup(Level.Trial)
    public void make() {
        hedge = new Hedge(experts, 1e-3);
        adaNormalHedge = new AdaNormalHedge(experts);
        awake = IntStream.range(0, experts).toArray();
        SplittableRandom random = new SplittableRandom(1);
        losses = IntStream.range(0, ROUNDS)
                .mapToObj(each -> random.doubles(experts).toArray())
                .toArray(double[][]::new);
        weights = new double[experts];
    }

    @Benchmark
    public double hedge() {
        return round(hedge);
    }

    @Benchmark
    public double adaNormalHedge() {
        return round(adaNormalHedge);
    }

    private double round(MetaLearner learner) {
        double[] probabilities = learner.weigh(awake, null);
        learner.learn(awake, probabilities, null, losses[round++ & (ROUNDS - 1)]);
        return probabilities[0];
    }

    @Benchmark
    public double[] exponentials() {
        double[] now = losses[round++ & (ROUNDS - 1)];
        for (int expert = 0; expert < weights.length; expert++) {
            weights[expert] = Math.exp(-now[expert]);
        }
        return weights;
    }
}
