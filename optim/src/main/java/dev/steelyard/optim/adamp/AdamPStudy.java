package dev.steelyard.optim.adamp;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does taking out the part along the weight help? Part {@code toy} descends a Rayleigh quotient, which is
 * scale-invariant exactly; part {@code network} trains a small classifier with batch normalisation. At full scale part
 * {@code tuning} chooses each method's learning rate first, on seeds of its own.
 */
public final class AdamPStudy implements Study {

    static final String TOY = "toy";
    static final String NETWORK = "network";
    private static final String TUNING = "tuning";

    /** Seeds of the tuning runs begin here, so that no run is both chosen by and judged. */
    private static final int FIRST_TUNING_SEED = 1000;

    private static final int TUNING_SEEDS = 5;

    /** Where the growth of norms is compared: large enough for the difference to show. */
    static final Map<String, Double> COMMON_RATES =
            Map.of(NetworkTrial.SGD, 0.3, NetworkTrial.SGDP, 0.3, NetworkTrial.ADAMW, 0.03, NetworkTrial.ADAMP, 0.03);

    /** The best of {@link #GRID}, as measured once with the paper's code over ten runs. */
    private static final Map<String, Double> KNOWN_BEST =
            Map.of(NetworkTrial.SGD, 0.01, NetworkTrial.SGDP, 0.3, NetworkTrial.ADAMW, 0.003, NetworkTrial.ADAMP, 0.03);

    private static final Map<String, List<Double>> GRID = Map.of(
            NetworkTrial.SGD, List.of(0.01, 0.03, 0.1, 0.3, 1.0),
            NetworkTrial.SGDP, List.of(0.03, 0.1, 0.3, 1.0),
            NetworkTrial.ADAMW, List.of(0.001, 0.003, 0.01, 0.03, 0.1),
            NetworkTrial.ADAMP, List.of(0.003, 0.01, 0.03, 0.1));

    @Override
    public String slug() {
        return "adamp";
    }

    @Override
    public List<Claim> claims() {
        return AdamPClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        TrialResults toy = lab.trials(toyGrid(lab), (trial, context) -> RayleighQuotient.run(trial.method(), context));
        Map<String, Double> best = lab.scale() == Scale.FULL ? tune(lab) : KNOWN_BEST;
        TrialResults network = train(lab, networkGrid(lab, best));
        new AdamPReport(lab.findings(), toy, network, best).write();
        lab.findings()
                .note(
                        lab.scale() == Scale.FULL
                                ? "Learning rates were chosen on a grid by mean test accuracy over " + TUNING_SEEDS
                                        + " tuning runs, whose teachers and data are others than those of the judged runs."
                                : "Learning rates are the best of a grid that was searched once with the paper's code;"
                                        + " full scale searches it again.");
    }

    private static List<Trial> toyGrid(Lab lab) {
        // The ratio of f scatters widely between starts: five show its sign, about a hundred its factor.
        int starts = lab.repetitions(2, 5, 100);
        List<Trial> grid = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
            for (String method : RayleighQuotient.METHODS) {
                grid.add(new Trial(TOY, method, "", start));
            }
        }
        return grid;
    }

    private static List<Trial> networkGrid(Lab lab, Map<String, Double> best) {
        int runs = lab.repetitions(2, 10, 30);
        List<Trial> grid = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            for (String method : NetworkTrial.METHODS) {
                Set<Double> rates = new LinkedHashSet<>(List.of(best.get(method)));
                rates.add(COMMON_RATES.get(method));
                for (double rate : rates) {
                    grid.add(new Trial(NETWORK, method, setting(rate), run));
                }
            }
        }
        return grid;
    }

    /** The rate of the best mean accuracy for each method. */
    private static Map<String, Double> tune(Lab lab) throws InterruptedException {
        List<Trial> grid = new ArrayList<>();
        for (String method : NetworkTrial.METHODS) {
            for (double rate : GRID.get(method)) {
                for (int run = 0; run < TUNING_SEEDS; run++) {
                    grid.add(new Trial(TUNING, method, setting(rate), FIRST_TUNING_SEED + run));
                }
            }
        }
        TrialResults results = train(lab, grid);
        Map<String, Double> best = new LinkedHashMap<>();
        for (String method : NetworkTrial.METHODS) {
            TrialResults ofMethod = results.method(method);
            double highest = Double.NEGATIVE_INFINITY;
            for (double rate : GRID.get(method)) {
                double accuracy =
                        ofMethod.setting(setting(rate)).interval("accuracy").mean();
                if (accuracy > highest) {
                    highest = accuracy;
                    best.put(method, rate);
                }
            }
        }
        return best;
    }

    private static TrialResults train(Lab lab, List<Trial> grid) throws InterruptedException {
        int epochs = lab.scale().pick(2, 20, 20);
        String device = lab.device();
        return lab.trials(
                grid,
                (trial, context) -> NetworkTrial.run(trial.method(), rate(trial.setting()), epochs, device, context));
    }

    static String setting(double learningRate) {
        return "lr=" + learningRate;
    }

    private static double rate(String setting) {
        return Double.parseDouble(setting.substring("lr=".length()));
    }
}
