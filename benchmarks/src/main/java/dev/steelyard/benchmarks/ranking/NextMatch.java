package dev.steelyard.benchmarks.ranking;

import dev.steelyard.ranking.Match;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.KRankMatchmaker;
import dev.steelyard.ranking.krank.KRankOptions;
import dev.steelyard.ranking.krank.MatchmakerOptions;
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

/**
 * The next match of four among all items, and its vote taken from the list of pending ones. {@code bounds} is what the
 * choice cannot do without: a root and a quotient an item, once, and the largest.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class NextMatch {

    private static final int VOTES_BEFORE = 20_000;

    @Param({"50", "1000", "10000"})
    int items;

    private KRank model;
    private KRankMatchmaker matchmaker;
    private double[] scores;
    private double[] counts;

    @Setup(Level.Trial)
    public void make() {
        Votes votes = new Votes(items);
        model = new KRank(KRankOptions.defaults());
        votes.addTo(model);
        matchmaker = new KRankMatchmaker(MatchmakerOptions.defaults(), 1);
        votes.draw(VOTES_BEFORE, VoteRating.SIZE).forEach(ballot -> {
            model.record(ballot);
            matchmaker.observe(ballot);
        });
        scores = new SplittableRandom(1).doubles(items).toArray();
        counts = new SplittableRandom(2).doubles(items, 1, 10).toArray();
    }

    @Benchmark
    public Match next() {
        Match match = matchmaker.next(model, VoteRating.SIZE);
        matchmaker.voted(match.id());
        return match;
    }

    @Benchmark
    public double bounds() {
        double best = Double.NEGATIVE_INFINITY;
        for (int item = 0; item < scores.length; item++) {
            best = Math.max(best, Math.sqrt(10 / counts[item]) - Math.abs(scores[item] - 0.5));
        }
        return best;
    }
}
