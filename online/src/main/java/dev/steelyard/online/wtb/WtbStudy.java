package dev.steelyard.online.wtb;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/**
 * Does burn-in pay? Part {@code mixed} has actions that no exposure changes beside those that it does; in part {@code
 * ramps} every action needs exposure.
 */
public final class WtbStudy implements Study {

    static final String MIXED = "mixed";
    static final String RAMPS = "ramps";

    static final String SE_REO = "SE-REO, M = m";
    static final String SE_REO_DOUBLE = "SE-REO, M = 2m";
    static final String ELIMINATION = "SE without burn-in";
    static final String UCB1 = "UCB1";
    static final String EXP3 = "EXP3 in batches";
    static final String EPSILON = "epsilon-greedy";
    static final String COMMIT = "explore then commit, burn-in M";
    static final List<String> MIXED_METHODS = List.of(SE_REO, SE_REO_DOUBLE, ELIMINATION, UCB1, EXP3, EPSILON, COMMIT);
    static final List<String> RAMP_METHODS = List.of(SE_REO, UCB1, EXP3, COMMIT);

    @Override
    public String slug() {
        return "wtb";
    }

    @Override
    public List<Claim> claims() {
        return WtbClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int seeds = lab.repetitions(2, 400, 400);
        List<Integer> horizons = lab.scale()
                .pick(List.of(500, 1000), List.of(5000, 10000, 20000, 40000), List.of(5000, 10000, 20000, 40000));
        List<ExposureSetting> ramps = lab.scale()
                .pick(List.of(new ExposureSetting(10, 10, 1000)), ExposureSetting.RAMPS, ExposureSetting.RAMPS);
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (int horizon : horizons) {
                for (String method : MIXED_METHODS) {
                    grid.add(new Trial(MIXED, method, new ExposureSetting(10, 20, horizon).text(), seed));
                }
            }
            for (ExposureSetting setting : ramps) {
                for (String method : RAMP_METHODS) {
                    grid.add(new Trial(RAMPS, method, setting.text(), seed));
                }
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> ExposureSetting.of(trial.setting())
                .run(trial.part().equals(MIXED), trial.method(), context));
        new WtbReport(lab.findings(), results, horizons, ramps).write();
    }
}
