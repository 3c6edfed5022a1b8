package dev.steelyard.benchmarks.online;

import dev.steelyard.online.Decision;
import dev.steelyard.online.bandit.BanditLearner;
import dev.steelyard.online.bandit.EpsilonGreedy;
import dev.steelyard.online.bandit.Exp3;
import dev.steelyard.online.bandit.Exp3Options;
import dev.steelyard.online.bandit.ExploreThenCommit;
import dev.steelyard.online.bandit.SuccessiveElimination;
import dev.steelyard.online.bandit.ThompsonSampling;
import dev.steelyard.online.bandit.Ucb1;
import dev.steelyard.online.bandit.UniformExploration;
import dev.steelyard.online.wtb.RepeatedExposureBandit;
import dev.steelyard.online.wtb.RepeatedExposureOptions;
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

/** One decision and its feedback with each bandit, on one thread. The aim is 1 µs for 100 arms; see {@link ArmBound}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class BanditRound {

    private static final long HORIZON = 1_000_000_000_000L;
    private static final int BURN_IN = 10;

    @Param({"10", "100", "1000"})
    int arms;

    @Param({
        "uniform",
        "ucb1",
        "exp3",
        "thompson",
        "epsilon-greedy",
        "explore-then-commit",
        "successive-elimination",
        "repeated-exposure"
    })
    String learner;

    private BanditLearner made;
    private Losses losses;

    @Setup(Level.Trial)
    public void make() {
        losses = new Losses(arms);
        made = switch (learner) {
            case "uniform" -> new UniformExploration(arms, 1);
            case "ucb1" -> new Ucb1(arms, 1);
            case "exp3" -> new Exp3(Exp3Options.forHorizon(arms, HORIZON, 1), 1);
            case "thompson" -> new ThompsonSampling(arms, 1);
            case "epsilon-greedy" -> new EpsilonGreedy(arms, EpsilonGreedy.DEFAULT_EPSILON, 1);
            case "explore-then-commit" -> new ExploreThenCommit(arms, 0, 1, 1);
            case "successive-elimination" -> new SuccessiveElimination(arms, HORIZON, 1e-9, 1, 1);
            case "repeated-exposure" -> new RepeatedExposureBandit(RepeatedExposureOptions.of(arms, HORIZON, BURN_IN));
            default -> throw new IllegalArgumentException("no bandit is called " + learner);
        };
    }

    @Benchmark
    public double round() {
        Decision<Integer> decision = made.decide();
        made.feedback(decision.id(), losses.next(decision.action()));
        return decision.propensity();
    }
}
