package dev.steelyard.benchmarks.ranking;

import de.gesundkrank.jskills.GameInfo;
import de.gesundkrank.jskills.IPlayer;
import de.gesundkrank.jskills.ITeam;
import de.gesundkrank.jskills.Player;
import de.gesundkrank.jskills.Rating;
import de.gesundkrank.jskills.Team;
import de.gesundkrank.jskills.TrueSkillCalculator;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.krank.ExpectationPropagation;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.KRankOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Ten thousand votes on four items each by TrueSkill's factor graph as JSkills has it, and by ours under the same drift,
 * noise and probability of draws.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(1)
public class VotePeers {

    private static final int ITEMS = 50;
    private static final int VOTES = 10_000;

    private final Votes votes = new Votes(ITEMS);
    private List<Ballot> ballots;

    @Setup(Level.Trial)
    public void vote() {
        ballots = votes.draw(VOTES, VoteRating.SIZE);
    }

    @Benchmark
    public double steelyard() {
        KRank model = new KRank(KRankOptions.defaults().withRule(ExpectationPropagation.deployed()));
        votes.addTo(model);
        model.replay(ballots);
        return model.score("item-0");
    }

    @Benchmark
    public double jskills() {
        GameInfo game = GameInfo.getDefaultGameInfo();
        Map<String, IPlayer> players = new HashMap<>();
        Map<IPlayer, Rating> ratings = new HashMap<>();
        for (Ballot ballot : ballots) {
            List<ITeam> teams = new ArrayList<>();
            for (String item : ballot.items()) {
                IPlayer player = players.computeIfAbsent(item, Player::new);
                teams.add(new Team(player, ratings.getOrDefault(player, game.getDefaultRating())));
            }
            ratings.putAll(TrueSkillCalculator.calculateNewRatings(game, teams, ballot.ranks()));
        }
        return ratings.get(players.get("item-0")).getConservativeRating();
    }
}
