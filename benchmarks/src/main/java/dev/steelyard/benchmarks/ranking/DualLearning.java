package dev.steelyard.benchmarks.ranking;

import dev.steelyard.ranking.click.ClickModel;
import dev.steelyard.ranking.dla.ClickedList;
import dev.steelyard.ranking.dla.DualLearner;
import dev.steelyard.ranking.dla.DualOptions;
import dev.steelyard.ranking.dla.MultilayerPerceptron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps of dual learning over batches of sessions of ten documents, and what drawing one batch's
 * clicks costs beside it. {@code layers} are the ranker's sizes: that of the study, a middle one, and the paper's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DualLearning {

    private static final int DOCUMENTS = 10;
    private static final int BATCHES = 8;

    @Param({"10-16-1", "136-32-1", "136-512-256-128-1"})
    String layers;

    @Param({"128", "256"})
    int sessions;

    @Param("1")
    int threads;

    private final List<List<ClickedList>> batches = new ArrayList<>();
    private final Random random = new Random(1);
    private double[] relevance;
    private MultilayerPerceptron scorer;
    private DualLearner learner;
    private ForkJoinPool pool;
    private int next;

    @Setup(Level.Trial)
    public void make() {
        int[] sizes =
                Arrays.stream(layers.split("-")).mapToInt(Integer::parseInt).toArray();
        scorer = new MultilayerPerceptron(1, sizes);
        learner = new DualLearner(scorer, DualOptions.DEFAULT);
        pool = new ForkJoinPool(threads);
        relevance = random.doubles(DOCUMENTS, .1, 1).toArray();
        for (int b = 0; b < BATCHES; b++) {
            batches.add(IntStream.range(0, sessions)
                    .mapToObj(i -> session(sizes[0]))
                    .toList());
        }
    }

    private ClickedList session(int features) {
        double[][] documents = new double[DOCUMENTS][features];
        for (double[] document : documents) {
            Arrays.setAll(document, i -> random.nextGaussian());
        }
        boolean[] clicks = clicks();
        clicks[random.nextInt(DOCUMENTS)] = true;
        return new ClickedList(documents, clicks);
    }

    private boolean[] clicks() {
        return ClickModel.positionBased(1).clicks(relevance, random);
    }

    @TearDown(Level.Trial)
    public void close() {
        pool.close();
    }

    @Benchmark
    public boolean step() {
        next = (next + 1) % BATCHES;
        return pool.submit(() -> learner.learn(batches.get(next))).join();
    }

    /** What the users' simulation of one batch costs. */
    @Benchmark
    public int drawClicks() {
        ClickModel users = ClickModel.positionBased(1);
        int clicked = 0;
        for (int b = 0; b < sessions; b++) {
            clicked += users.clicks(relevance, random)[0] ? 1 : 0;
        }
        return clicked;
    }
}
