package dev.steelyard.benchmarks.online;

import dev.steelyard.online.Decision;
import dev.steelyard.online.streamingmab.Exploration;
import dev.steelyard.online.streamingmab.GameOfArms;
import dev.steelyard.online.streamingmab.KeepBest;
import dev.steelyard.online.streamingmab.SingleMemory;
import dev.steelyard.online.streamingmab.StreamScale;
import dev.steelyard.online.streamingmab.StreamingBandit;
import dev.steelyard.online.streamingmab.Tower;
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

/** One pull and its reward while arms arrive one by one, the offers of new arms among them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class StreamRound {

    private static final StreamScale SCALE = StreamScale.of(1_000_000_000L, 1_000_000_000_000L);
    private static final double DELTA = 0.1;
    private static final double MARGIN = 0.25;

    @Param({"uniform", "single_memory", "log", "loglog", "logstar", "game_of_arms"})
    String strategy;

    private final double[] rewards = new SplittableRandom(1).doubles(4096).toArray();
    private StreamingBandit bandit;
    private long arms;
    private int round;

    @Setup(Level.Trial)
    public void make() {
        Exploration exploration =
                switch (strategy) {
                    case "uniform" -> KeepBest.uniform(SCALE);
                    case "single_memory" -> new SingleMemory(SCALE, DELTA, MARGIN);
                    case "log" -> Tower.log(SCALE);
                    case "loglog" -> Tower.logLog(SCALE);
                    case "logstar" -> Tower.logStar(SCALE);
                    case "game_of_arms" -> new GameOfArms(SCALE, true, 1);
                    default -> throw new IllegalArgumentException("no strategy is called " + strategy);
                };
        bandit = new StreamingBandit(SCALE, exploration);
    }

    @Benchmark
    public String round() {
        Decision<String> pull = bandit.decide(bandit.needsArm() ? Long.toString(arms++) : null);
        round = (round + 1) & (rewards.length - 1);
        bandit.feedback(pull.id(), rewards[round]);
        return pull.action();
    }
}
