package dev.steelyard.ranking.fairsubset;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/**
 * Which score function can a quota rescue from biased rankings? Part {@code strength} varies the bias, {@code rankings} the
 * number of rankings, {@code cc} takes Chamberlin-Courant, {@code smoothness} estimates the parameters that should predict
 * the rest.
 */
public final class FairSubsetStudy implements Study {

    static final String STRENGTH = "strength";
    static final String RANKINGS = "rankings";
    static final String CC = "cc";
    static final String SMOOTHNESS = "smoothness";

    static final String BORDA = "borda";
    static final String BLOC = "bloc";
    static final String SNTV = "sntv";
    static final List<String> RULES = List.of(BORDA, BLOC, SNTV);

    static final String MALLOWS = "mallows:0.8";
    static final String IMPARTIAL = "ic";
    static final List<Double> STRENGTHS = List.of(0.0, .25, .5, 1.0);

    @Override
    public String slug() {
        return "fair-subset";
    }

    @Override
    public List<Claim> claims() {
        return FairSubsetClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int elections = lab.repetitions(3, 400, 1000);
        List<Integer> voters = lab.scale().pick(List.of(5, 20), List.of(5, 20, 80, 320), List.of(5, 20, 80, 320, 1280));
        int draws = lab.scale().pick(20, 500, 500);
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < elections; seed++) {
            for (String rule : RULES) {
                for (String culture : List.of(MALLOWS, IMPARTIAL)) {
                    for (double strength : STRENGTHS) {
                        grid.add(new Trial(STRENGTH, rule, new Election(culture, strength, 25, 20, 4).setting(), seed));
                    }
                }
                for (int n : voters) {
                    for (double strength : List.of(.1, .3)) {
                        grid.add(new Trial(
                                RANKINGS, rule, new Election("mallows:0.9", strength, n, 16, 4).setting(), seed));
                    }
                }
            }
            grid.add(new Trial(CC, "cc", new Election(IMPARTIAL, .5, 25, 12, 4).setting(), seed));
        }
        for (int seed = 0; seed < lab.repetitions(2, 10, 30); seed++) {
            for (String rule : RULES) {
                grid.add(new Trial(SMOOTHNESS, rule, new Election(MALLOWS, .5, 10, 10, 4).setting(), seed));
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> {
            Election election = Election.of(trial.setting());
            if (trial.part().equals(SMOOTHNESS)) {
                election.smoothness(trial.method(), draws, context);
            } else {
                election.select(trial.method(), context);
            }
        });
        new FairSubsetReport(lab.findings(), results, voters).write();
    }
}
