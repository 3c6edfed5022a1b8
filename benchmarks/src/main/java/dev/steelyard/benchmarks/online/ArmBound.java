package dev.steelyard.benchmarks.online;

import dev.steelyard.core.state.RestorableRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.simple.RandomSource;
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
 * What a bandit's decision cannot do without, and nothing else: {@code scan} reads a number of each arm and finds the
 * lowest; {@code indices} takes UCB1's root and quotient of each arm; {@code normals} and {@code normalsOfTheJdk} draw the
 * two normal and two uniform numbers of a Beta draw for each arm, from the generator that learners use and from the JDK's;
 * {@code betasOfCommons} draws one from each arm's Beta distribution as Apache Commons does it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ArmBound {

    @Param({"10", "100", "1000"})
    int arms;

    private double[] means;
    private double[] counts;
    private double[] indices;
    private final RandomGenerator restorable = new RestorableRandom(1);
    private final RandomGenerator jdk = RandomGenerator.of("L64X128MixRandom");

    private SharedStateContinuousSampler[] betas;

    @Setup(Level.Trial)
    public void make() {
        UniformRandomProvider source = RandomSource.XO_SHI_RO_256_PP.create(1);
        betas = new SharedStateContinuousSampler[arms];
        Arrays.setAll(betas, arm -> ChengBetaSampler.of(source, 50 + arm % 7, 50 + arm % 5));
        means = new SplittableRandom(1).doubles(arms).toArray();
        counts = new SplittableRandom(2).doubles(arms, 100, 200).toArray();
        indices = new double[arms];
    }

    @Benchmark
    public double scan() {
        double lowest = Double.POSITIVE_INFINITY;
        for (double mean : means) {
            lowest = Math.min(lowest, mean);
        }
        return lowest;
    }

    @Benchmark
    public double[] indices() {
        for (int arm = 0; arm < indices.length; arm++) {
            indices[arm] = means[arm] - Math.sqrt(20 / counts[arm]);
        }
        return indices;
    }

    @Benchmark
    public double normals() {
        return draw(restorable);
    }

    @Benchmark
    public double normalsOfTheJdk() {
        return draw(jdk);
    }

    @Benchmark
    public double betasOfCommons() {
        double lowest = Double.POSITIVE_INFINITY;
        for (SharedStateContinuousSampler beta : betas) {
            lowest = Math.min(lowest, beta.sample());
        }
        return lowest;
    }

    private double draw(RandomGenerator random) {
        double sum = 0;
        for (int draw = 0; draw < 2 * means.length; draw++) {
            sum += random.nextGaussian() * random.nextDouble();
        }
        return sum;
    }
}
