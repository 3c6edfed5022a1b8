package dev.steelyard.online.streamingmab;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** How much regret does it cost to keep a few arms only? Two kinds of streams, and a growing horizon. */
public final class StreamingStudy implements Study {

    static final String UNIFORM = "uniform";
    static final String NAIVE = "naive";
    static final String LOG = "tower log K";
    static final String LOGLOG = "tower log log K";
    static final String LOGSTAR = "tower log* K";
    static final String SINGLE = "single memory";
    static final String GAME = "game of arms";

    static final String STREAMS = "streams";
    static final String SCALING = "scaling";
    private static final int ARMS = 500;

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
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (String method : METHODS.keySet()) {
                for (String stream : List.of(ArmStream.CLEAR, ArmStream.MIX)) {
                    grid.add(new Trial(STREAMS, method, setting(stream, horizon), seed));
                }
            }
            for (String method : List.of(UNIFORM, LOG, LOGLOG, SINGLE)) {
                for (long t : horizons) {
                    grid.add(new Trial(SCALING, method, setting(ArmStream.MIX, t), seed));
                }
            }
        }
        TrialResults results = lab.trials(grid, StreamingStudy::play);
        new StreamingReport(lab.findings(), results, horizon, horizons).write();
    }

    private static void play(Trial trial, TrialContext context) {
        String[] parts = trial.setting().split(" T=");
        StreamScale scale = StreamScale.of(ARMS, Long.parseLong(parts[1]));
        double[] means = ArmStream.means(parts[0], ARMS, context.seeds().generator("means"));
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

    static String setting(String stream, long horizon) {
        return stream + " T=" + horizon;
    }
}
