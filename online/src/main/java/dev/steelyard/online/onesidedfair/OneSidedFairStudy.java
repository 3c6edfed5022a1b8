package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/**
 * Do errors and violations both fade, though outcomes of rejected applicants are never seen?
 *
 * <p>Learning on accepted cases alone ends well or badly by the luck of its first rounds. What is said of hidden outcomes
 * therefore stands on more runs than the rest.
 */
public final class OneSidedFairStudy implements Study {

    /** Further runs of the methods that hidden outcomes are about. */
    static final String MORE = "hidden outcomes";

    @Override
    public String slug() {
        return "one-sided-fair";
    }

    @Override
    public List<Claim> claims() {
        return OneSidedFairClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int seeds = lab.repetitions(2, 10, 30);
        int compared = lab.repetitions(2, 40, 40);
        List<Integer> horizons = lab.scale()
                .pick(List.of(100, 400, 800), List.of(500, 2000, 8000, 32000), List.of(500, 2000, 8000, 32000, 128000));
        int longest = horizons.getLast();
        // At full scale there are longer runs still; the claims name 8000.
        int middle = horizons.contains(8000) ? 8000 : horizons.get(horizons.size() - 2);
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (LendingMethod method : LendingMethod.values()) {
                for (int horizon : horizons) {
                    grid.add(new Trial("", method.title(), setting(horizon), seed));
                }
            }
        }
        for (int seed = seeds; seed < compared; seed++) {
            for (LendingMethod method : LendingMethod.HIDDEN_OUTCOMES) {
                grid.add(new Trial(MORE, method.title(), setting(middle), seed));
            }
        }
        TrialResults results =
                lab.trials(grid, (trial, context) -> LendingTrial.run(method(trial), horizon(trial), context));
        new OneSidedFairReport(lab.findings(), results, horizons, middle, longest).write();
    }

    static String setting(int horizon) {
        return "T=" + horizon;
    }

    private static int horizon(Trial trial) {
        return Integer.parseInt(trial.setting().substring("T=".length()));
    }

    private static LendingMethod method(Trial trial) {
        for (LendingMethod method : LendingMethod.values()) {
            if (method.title().equals(trial.method())) {
                return method;
            }
        }
        throw new IllegalArgumentException("there is no method " + trial.method());
    }
}
