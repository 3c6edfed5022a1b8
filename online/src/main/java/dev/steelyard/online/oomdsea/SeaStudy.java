package dev.steelyard.online.oomdsea;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/** Does one algorithm serve noise, drift and what lies between? */
public final class SeaStudy implements Study {

    static final String CONVEX = "convex";
    static final String STRONG = "strongly convex";
    static final String DYNAMIC = "dynamic";

    static final String OOMD = "OOMD";
    static final String OFTRL = "optimistic FTRL";
    static final String OFTL = "optimistic FTL";
    static final String OGD = "OGD";
    static final String ADAGRAD = "AdaGrad-norm";
    static final String TWO_LAYER = "two layers";
    static final List<String> CONVEX_METHODS = List.of(OOMD, OFTRL, OGD, ADAGRAD);
    static final List<String> STRONG_METHODS = List.of(OOMD, OFTL, OGD);
    static final List<String> DYNAMIC_METHODS = List.of(TWO_LAYER, OOMD, OGD);

    static final double LAMBDA = .1;

    /** Noise and period of the drift; the last is the worst case for optimism. */
    static final List<SeaSetting> CELLS = List.of(
            new SeaSetting(0, 10, 1),
            new SeaSetting(0, 50, 1),
            new SeaSetting(.1, 50, 1),
            new SeaSetting(1, 50, 1),
            new SeaSetting(1, 0, 1),
            new SeaSetting(0, 2, 1));

    static final List<SeaSetting> STRONG_CELLS = List.of(new SeaSetting(0, 50, 1), new SeaSetting(1, 50, 1));

    /** Noise and changes of direction. */
    static final List<SeaSetting> SHIFTS = List.of(
            new SeaSetting(.5, 40, 1), new SeaSetting(.5, 8, 1), new SeaSetting(.5, 1, 1), new SeaSetting(2, 8, 1));

    @Override
    public String slug() {
        return "oomd-sea";
    }

    @Override
    public List<Claim> claims() {
        return SeaClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        List<Integer> rounds = lab.scale().pick(List.of(200, 800), List.of(2000, 16000), List.of(2000, 16000, 128000));
        int dynamicRounds = lab.scale().pick(800, 8000, 8000);
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < lab.repetitions(2, 10, 30); seed++) {
            for (int t : rounds) {
                for (SeaSetting cell : CELLS) {
                    for (String method : CONVEX_METHODS) {
                        grid.add(new Trial(CONVEX, method, cell.rounds(t).text(), seed));
                    }
                }
                for (SeaSetting cell : STRONG_CELLS) {
                    for (String method : STRONG_METHODS) {
                        grid.add(new Trial(STRONG, method, cell.rounds(t).text(), seed));
                    }
                }
            }
            for (SeaSetting shift : SHIFTS) {
                for (String method : DYNAMIC_METHODS) {
                    grid.add(new Trial(
                            DYNAMIC, method, shift.rounds(dynamicRounds).text(), seed));
                }
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> {
            SeaSetting setting = SeaSetting.of(trial.setting());
            switch (trial.part()) {
                case DYNAMIC -> SeaTrial.dynamic(trial.method(), setting, setting.period(), context);
                case STRONG -> SeaTrial.fixed(trial.method(), setting, LAMBDA, context);
                default -> SeaTrial.fixed(trial.method(), setting, 0, context);
            }
        });
        new SeaReport(lab.findings(), results, rounds, dynamicRounds).write();
    }
}
