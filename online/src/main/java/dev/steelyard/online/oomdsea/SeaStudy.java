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
    static final String EXP_CONCAVE = "exp-concave";
    static final String QUADRATIC = "quadratic";

    static final String OOMD = "OOMD";
    static final String OFTRL = "optimistic FTRL";
    static final String OFTL = "optimistic FTL";
    static final String OGD = "OGD";
    static final String ADAGRAD = "AdaGrad-norm";
    static final String TWO_LAYER = "two layers";
    static final String NEWTON = "optimistic Newton";
    static final String PLAIN_NEWTON = "Newton, no optimism";
    static final String NEWTON_ONE = "optimistic Newton, h0 = 1";
    static final String PLAIN_NEWTON_ONE = "Newton, no optimism, h0 = 1";
    static final String CLASSICAL_NEWTON = "classical Newton";
    static final List<String> NEWTON_METHODS =
            List.of(NEWTON, PLAIN_NEWTON, NEWTON_ONE, PLAIN_NEWTON_ONE, CLASSICAL_NEWTON);
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

    /** Noise and period of the instances; the first is the one where optimism should gain. */
    static final List<SeaSetting> EXP_CONCAVE_CELLS = List.of(
            new SeaSetting(0, 25, 1), new SeaSetting(0, 100, 1), new SeaSetting(1, 25, 1), new SeaSetting(1, 100, 1));

    /** Noise of the optimum, and an optimum that alternates. */
    static final List<SeaSetting> QUADRATIC_CELLS = List.of(new SeaSetting(1, 0, 1), new SeaSetting(0, 2, 1));

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
        int newtonRounds = lab.scale().pick(400, 4000, 4000);
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < lab.repetitions(2, 40, 40); seed++) {
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
        addOthers(grid, lab.repetitions(2, 40, 40), newtonRounds, dynamicRounds);
        TrialResults results = lab.trials(grid, (trial, context) -> {
            SeaSetting setting = SeaSetting.of(trial.setting());
            switch (trial.part()) {
                case DYNAMIC -> SeaTrial.dynamic(trial.method(), setting, setting.period(), context);
                case EXP_CONCAVE -> ExpConcaveTrial.run(trial.method(), setting, context);
                case QUADRATIC -> QuadraticTrial.run(trial.method(), setting, context);
                case STRONG -> SeaTrial.fixed(trial.method(), setting, LAMBDA, context);
                default -> SeaTrial.fixed(trial.method(), setting, 0, context);
            }
        });
        new SeaReport(lab.findings(), results, rounds, dynamicRounds, newtonRounds).write();
    }

    private static void addOthers(List<Trial> grid, int seeds, int newtonRounds, int quadraticRounds) {
        for (int seed = 0; seed < seeds; seed++) {
            for (SeaSetting cell : EXP_CONCAVE_CELLS) {
                for (String method : NEWTON_METHODS) {
                    grid.add(new Trial(
                            EXP_CONCAVE, method, cell.rounds(newtonRounds).text(), seed));
                }
            }
            for (SeaSetting cell : QUADRATIC_CELLS) {
                for (String method : STRONG_METHODS) {
                    grid.add(new Trial(
                            QUADRATIC, method, cell.rounds(quadraticRounds).text(), seed));
                }
            }
        }
    }
}
