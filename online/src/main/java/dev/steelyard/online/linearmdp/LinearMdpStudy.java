package dev.steelyard.online.linearmdp;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/**
 * How does the regret grow? Part {@code model} compares the methods that know the transitions, part {@code free} the one
 * that does not, in random linear MDPs whose losses change five times.
 */
public final class LinearMdpStudy implements Study {

    static final String MODEL = "model";
    static final String FREE = "free";

    @Override
    public String slug() {
        return "linear-mdp";
    }

    @Override
    public List<Claim> claims() {
        return LinearMdpClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int seeds = lab.repetitions(2, 160, 160);
        int others = lab.repetitions(2, 20, 160);
        List<Integer> known =
                lab.scale().pick(List.of(50, 200), List.of(1000, 4000, 16000), List.of(1000, 4000, 16000, 64000));
        List<Integer> free =
                lab.scale().pick(List.of(200, 800), List.of(2000, 8000, 32000), List.of(2000, 8000, 32000));
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (MdpMethod method : MdpMethod.values()) {
                if (seed < others || !MdpMethod.OTHER_CONSTANTS.contains(method)) {
                    add(grid, method.isFree() ? FREE : MODEL, method, method.isFree() ? free : known, seed);
                }
            }
            add(grid, FREE, MdpMethod.UNIFORM, free, seed);
        }
        TrialResults results = lab.trials(
                grid, (trial, context) -> MdpTrial.run(MdpMethod.titled(trial.method()), episodes(trial), context));
        new LinearMdpReport(lab.findings(), results, known, free).write();
    }

    private static void add(List<Trial> grid, String part, MdpMethod method, List<Integer> episodes, int seed) {
        for (int k : episodes) {
            grid.add(new Trial(part, method.title(), setting(k), seed));
        }
    }

    static String setting(int episodes) {
        return "K=" + episodes;
    }

    private static int episodes(Trial trial) {
        return Integer.parseInt(trial.setting().substring("K=".length()));
    }
}
