package dev.steelyard.benchmarks.ranking;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.ItemPool;
import dev.steelyard.ranking.krank.TruncatedGaussian;
import java.util.List;
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
 * What {@link VoteRating} cannot do without: {@code read} goes through the million ballots and looks their items up, which
 * is the memory's part; {@code sixShifts} takes V of six pairs a ballot, which is the arithmetic of a closed-form update of
 * four items; {@code sixPowers} takes Elo's power of six pairs a ballot.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class VoteBound {

    private static final int PAIRS = VoteRating.SIZE * (VoteRating.SIZE - 1) / 2;

    @Param({"50", "1000"})
    int items;

    private final ItemPool pool = new ItemPool();
    private List<Ballot> ballots;
    private double[] differences;

    @Setup(Level.Trial)
    public void vote() {
        IntStream.range(0, items).forEach(item -> pool.add("item-" + item));
        ballots = new Votes(items).draw(VoteRating.VOTES, VoteRating.SIZE);
        differences = new SplittableRandom(1).doubles(1 << 16, -3, 3).toArray();
    }

    @Benchmark
    public long read() {
        long sum = 0;
        for (Ballot ballot : ballots) {
            for (int item : pool.resolve(ballot)) {
                sum += item;
            }
            sum += ballot.rank(0);
        }
        return sum;
    }

    @Benchmark
    public double sixShifts() {
        double sum = 0;
        for (int pair = 0; pair < PAIRS * VoteRating.VOTES; pair++) {
            sum += TruncatedGaussian.v(differences[pair & (differences.length - 1)]);
        }
        return sum;
    }

    @Benchmark
    public double sixPowers() {
        double sum = 0;
        for (int pair = 0; pair < PAIRS * VoteRating.VOTES; pair++) {
            sum += 1 / (1 + Math.pow(10, differences[pair & (differences.length - 1)]));
        }
        return sum;
    }
}
