package dev.steelyard.ranking.dla;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/** Can a ranker be learnt from biased clicks as well as from labels? Four kinds of users, one of whom changes. */
public final class DlaStudy implements Study {

    static final String PBM = "pbm";
    static final String UBM = "ubm";
    static final String CCM = "ccm";
    static final String SHIFT = "shift";

    /** IPW among the users of {@link #PBM}, by the number of sessions that were shown in random order. */
    static final String SCARCE = "scarce";

    /** Enough for a click at every place, with room. */
    static final List<Integer> RANDOMISED = List.of(500, 5000);

    static final String LOGGING = "logging";
    static final String NAIVE = "naive";
    static final String IPW = "ipw";
    static final String REM = "regression-em";
    static final String PBM_EM = "pbm-em labels";
    static final String UBM_EM = "ubm-em labels";
    static final String DLA = "dla";
    static final String LABELS = "labels";
    static final List<String> METHODS = List.of(LOGGING, NAIVE, IPW, REM, PBM_EM, UBM_EM, DLA, LABELS);

    /** Rankers that learn a click model's relevance from a log, which a change of the users would make two logs. */
    static final List<String> CLICK_MODELS = List.of(PBM_EM, UBM_EM);

    @Override
    public String slug() {
        return "dla";
    }

    @Override
    public List<Claim> claims() {
        return DlaClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int seeds = lab.repetitions(2, 16, 20);
        int steps = lab.scale().pick(60, 3000, 10_000);
        int logged = lab.scale().pick(10_000, 200_000, 200_000);
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (String users : List.of(PBM, UBM, CCM, SHIFT)) {
                for (String method : METHODS) {
                    if (!(users.equals(SHIFT) && CLICK_MODELS.contains(method))) {
                        grid.add(new Trial(users, method, "", seed));
                    }
                }
            }
            for (int sessions : RANDOMISED) {
                grid.add(new Trial(SCARCE, IPW, Integer.toString(sessions), seed));
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> {
            if (trial.part().equals(SCARCE)) {
                ClickTrial.run(PBM, trial.method(), steps, Integer.parseInt(trial.setting()), context);
            } else {
                ClickTrial.run(trial.part(), trial.method(), steps, logged, context);
            }
        });
        new DlaReport(lab.findings(), results, logged).write();
    }
}
