package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does a learner a group serve every group better than one model for all? Regression on drawn data, shortest paths, and
 * regression on the real tables that are found.
 */
public final class GroupwiseStudy implements Study {

    static final String MEAN = "mean";
    static final String PERMUTATION = "permutation";
    static final String MAX = "max";
    static final String MIN = "min";
    static final String MEDICAL = "medical";
    static final String PATHS = "paths";

    /** The rules by which the labels of synthetic data are combined. */
    static final List<String> SYNTHETIC = List.of(MEAN, MAX, MIN, PERMUTATION);

    /** Data sets of what stands beside the claims: other label rules, the always-on ablation. */
    private static final int EXTRA = 20;

    /** Orders of a real table's rows, as in the paper. */
    private static final int ORDERS = 10;

    static final String SINGLE = "single model";
    static final String RANDOMISED = "groupwise, randomised";
    static final String AVERAGE = "groupwise, averaged";

    /** Of synthetic data only. */
    static final String NO_ALWAYS = "groupwise, no always-on group";

    /** Of the paths only: an equivalent of the perturbed leader whose expected loss is exact. */
    static final String HEDGE = "groupwise, Hedge over paths";

    @Override
    public String slug() {
        return "groupwise-regret";
    }

    @Override
    public List<Claim> claims() {
        return GroupwiseClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int rows = lab.scale().pick(300, 10_000, 100_000);
        int pathRounds = lab.scale().pick(200, 2000, 2000);
        // A table of tens of thousands of rows takes longer than seconds.
        Map<RealTable, GroupedTable> tables = lab.scale() == Scale.QUICK ? Map.of() : RealTable.found();
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < lab.repetitions(2, 200, 200); seed++) {
            for (String part : List.of(MEAN, PERMUTATION, MEDICAL)) {
                for (String method : List.of(SINGLE, RANDOMISED, AVERAGE)) {
                    grid.add(new Trial(part, method, "", seed));
                }
            }
            grid.add(new Trial(PATHS, SINGLE, "", seed));
            grid.add(new Trial(PATHS, RANDOMISED, "", seed));
            grid.add(new Trial(PATHS, HEDGE, "", seed));
        }
        for (int seed = 0; seed < lab.repetitions(2, EXTRA, EXTRA); seed++) {
            for (String part : List.of(MAX, MIN)) {
                for (String method : List.of(SINGLE, RANDOMISED, AVERAGE)) {
                    grid.add(new Trial(part, method, "", seed));
                }
            }
            for (String part : SYNTHETIC) {
                grid.add(new Trial(part, NO_ALWAYS, "", seed));
            }
        }
        for (RealTable table : tables.keySet()) {
            for (int order = 0; order < lab.repetitions(2, ORDERS, ORDERS); order++) {
                for (String method : List.of(SINGLE, RANDOMISED, AVERAGE)) {
                    grid.add(new Trial(table.title(), method, "", order));
                }
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> {
            Optional<RealTable> real = RealTable.titled(trial.part());
            if (real.isPresent()) {
                RegressionTrial.table(tables.get(real.get()), trial.method(), context);
                return;
            }
            switch (trial.part()) {
                case PATHS -> PathTrial.run(trial.method(), pathRounds, context);
                case MEDICAL -> RegressionTrial.medical(trial.method(), context);
                default -> RegressionTrial.synthetic(trial.part(), trial.method(), rows, context);
            }
        });
        new GroupwiseReport(lab.findings(), results, tables).write();
    }
}
