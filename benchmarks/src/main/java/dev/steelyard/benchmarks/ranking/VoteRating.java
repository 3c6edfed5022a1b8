package dev.steelyard.benchmarks.ranking;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.ExpectationPropagation;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.KRankOptions;
import dev.steelyard.ranking.krank.PairSum;
import dev.steelyard.ranking.pairwise.BradleyTerry;
import dev.steelyard.ranking.pairwise.BradleyTerryOptions;
import dev.steelyard.ranking.pairwise.Elo;
import dev.steelyard.ranking.pairwise.EloOptions;
import dev.steelyard.ranking.pairwise.Glicko2;
import dev.steelyard.ranking.pairwise.Glicko2Options;
import java.util.List;
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
 * A million votes on four items each, rated from the first to the last by a new model, on one thread. The aim is 5 s; see
 * {@link VoteBound}. Bradley-Terry is fitted once, at the end, and without its bootstrap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class VoteRating {

    static final int VOTES = 1_000_000;
    static final int SIZE = 4;

    @Param({"50", "1000"})
    int items;

    @Param({"pair-sum", "expectation-propagation", "expectation-propagation-deployed", "elo", "glicko2", "bradley-terry"
    })
    String model;

    private Votes votes;
    private List<Ballot> ballots;

    @Setup(Level.Trial)
    public void vote() {
        votes = new Votes(items);
        ballots = votes.draw(VOTES, SIZE);
    }

    private SkillModel fresh() {
        SkillModel fresh =
                switch (model) {
                    case "pair-sum" -> new KRank(KRankOptions.paper().withRule(new PairSum()));
                    case "expectation-propagation" ->
                        new KRank(KRankOptions.paper().withRule(ExpectationPropagation.still()));
                    case "expectation-propagation-deployed" -> new KRank(KRankOptions.defaults());
                    case "elo" -> new Elo(EloOptions.of(16));
                    case "glicko2" -> new Glicko2(Glicko2Options.defaults());
                    case "bradley-terry" -> new BradleyTerry(BradleyTerryOptions.defaults());
                    default -> throw new IllegalArgumentException("no model is called " + model);
                };
        votes.addTo(fresh);
        return fresh;
    }

    @Benchmark
    public double million() {
        SkillModel rated = fresh();
        rated.replay(ballots);
        return rated.score("item-0");
    }
}
