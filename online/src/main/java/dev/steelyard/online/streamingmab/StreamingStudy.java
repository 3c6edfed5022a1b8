package dev.steelyard.online.streamingmab;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.core.study.TrialResults;
import dev.steelyard.online.Decision;
import dev.steelyard.online.bandit.BanditLearner;
import dev.steelyard.online.bandit.ThompsonSampling;
import dev.steelyard.online.bandit.Ucb1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * How much regret does it cost to keep a few arms only? Two kinds of streams, a growing horizon, streams of other sizes, and
 * what learners lose that keep every arm.
 */
public final class StreamingStudy implements Study {

    static final String UNIFORM = "uniform";
    static final String NAIVE = "naive";
    static final String LOG = "tower log K";
    static final String LOGLOG = "tower log log K";
    static final String LOGSTAR = "tower log* K";
    static final String SINGLE = "single memory";
    static final String GAME = "game of arms";

    static final String RANDOM = "random arm, untried";
    static final String UCB1 = "UCB1, all arms kept";
    static final String THOMPSON = "Thompson, all arms kept";

    static final String STREAMS = "streams";
    static final String SCALING = "scaling";
    static final String SIZES = "sizes";
    private static final int ARMS = 500;
    private static final int REFERENCE_SEEDS = 6;

    static final List<String> KINDS = List.of(ArmStream.CLEAR, ArmStream.MIX);
    static final List<String> SCALED = List.of(UNIFORM, LOG, LOGLOG, SINGLE);
    static final List<String> SIZED = List.of(UNIFORM, LOG, LOGLOG, LOGSTAR, SINGLE);

    /** Not streaming, and an arm kept blindly: what the others stand between. */
    static final List<String> REFERENCES = List.of(RANDOM, UCB1, THOMPSON);

    static final Map<String, BiFunction<StreamScale, Long, Exploration>> METHODS = methods();

    private static Map<String, BiFunction<StreamScale, Long, Exploration>> methods() {
        Map<String, BiFunction<StreamScale, Long, Exploration>> methods = new LinkedHashMap<>();
        methods.put(UNIFORM, (scale, seed) -> KeepBest.uniform(scale));
        methods.put(NAIVE, (scale, seed) -> KeepBest.naive(scale));
        methods.put(LOG, (scale, seed) -> Tower.log(scale));
        methods.put(LOGLOG, (scale, seed) -> Tower.logLog(scale));
        methods.put(LOGSTAR, (scale, seed) -> Tower.logStar(scale));
        methods.put(SINGLE, (scale, seed) -> new SingleMemory(scale, .1, .25));
        methods.put(GAME, (scale, seed) -> new GameOfArms(scale, true, seed));
        methods.put(RANDOM, (scale, seed) -> new RandomArm(seed));
        return methods;
    }

    @Override
    public String slug() {
        return "streaming-mab";
    }

    @Override
    public List<Claim> claims() {
        return StreamingClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int seeds = lab.repetitions(2, 20, 50);
        long horizon = lab.scale().pick(500_000L, 250_000_000L, 250_000_000L);
        List<Long> horizons = lab.scale()
                .pick(
                        List.of(100_000L, 500_000L),
                        List.of(1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L),
                        List.of(1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L));
        StreamSetting small = lab.scale().pick(size(20, 2_000), size(500, 500_000), size(500, 500_000));
        StreamSetting large =
                lab.scale().pick(size(50, 50_000), size(2000, 4_000_000_000L), size(2000, 4_000_000_000L));
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (String kind : KINDS) {
                for (String method : METHODS.keySet()) {
                    grid.add(new Trial(STREAMS, method, setting(kind, horizon), seed));
                }
                for (String method : SIZED) {
                    grid.add(new Trial(SIZES, method, small.with(kind).text(), seed));
                    grid.add(new Trial(SIZES, method, large.with(kind).text(), seed));
                }
                // Each pull is a decision of its own there, which takes seconds a run.
                for (String method : seed < REFERENCE_SEEDS ? REFERENCES : List.<String>of()) {
                    grid.add(new Trial(SIZES, method, small.with(kind).text(), seed));
                }
            }
            for (String method : SCALED) {
                for (long t : horizons) {
                    grid.add(new Trial(SCALING, method, setting(ArmStream.MIX, t), seed));
                }
            }
        }
        TrialResults results = lab.trials(grid, StreamingStudy::play);
        new StreamingReport(lab.findings(), results, horizon, horizons, List.of(small, large)).write();
    }

    private static StreamSetting size(int arms, long horizon) {
        return new StreamSetting(ArmStream.MIX, arms, horizon);
    }

    private static void play(Trial trial, TrialContext context) throws InterruptedException {
        StreamSetting setting = StreamSetting.of(trial.setting());
        StreamScale scale = setting.scale();
        double[] means =
                ArmStream.means(setting.kind(), setting.arms(), context.seeds().generator("means"));
        if (trial.method().equals(UCB1) || trial.method().equals(THOMPSON)) {
            long seed = context.seeds().child("draws").value();
            BanditLearner learner = trial.method().equals(UCB1)
                    ? new Ucb1(means.length, setting.horizon(), seed)
                    : new ThompsonSampling(means.length, seed);
            context.metric("regret", keepingAll(learner, setting.horizon(), means, context));
            return;
        }
        Exploration exploration = METHODS.get(trial.method())
                .apply(scale, context.seeds().child("draws").value());
        StreamSimulation played = StreamSimulation.run(
                scale, exploration, means, ArmStream.bernoulli(context.seeds().generator("rewards")));
        double best = 0;
        for (double mean : means) {
            best = Math.max(best, mean);
        }
        context.metric("regret", played.regret());
        context.metric("exploration", played.explorationPulls() / (double) scale.horizon());
        context.metric("gap", (best - means[played.kept()]) / scale.accuracy());
        context.metric("stored", played.mostStored());
    }

    /** The regret of a bandit that may pull any arm at any time. */
    private static double keepingAll(BanditLearner learner, long horizon, double[] means, TrialContext context)
            throws InterruptedException {
        RandomGenerator rewards = context.seeds().generator("rewards");
        double best = Arrays.stream(means).max().orElseThrow();
        double regret = 0;
        for (long pull = 0; pull < horizon; pull++) {
            Decision<Integer> decision = learner.decide();
            double mean = means[decision.action()];
            regret += best - mean;
            learner.feedback(decision.id(), rewards.nextDouble() < mean ? 0.0 : 1.0);
            if (pull % 10_000 == 0) {
                context.progress(pull, horizon);
            }
        }
        return regret;
    }

    static String setting(String kind, long horizon) {
        return new StreamSetting(kind, ARMS, horizon).text();
    }
}
