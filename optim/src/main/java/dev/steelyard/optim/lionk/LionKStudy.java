package dev.steelyard.optim.lionk;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.core.study.TrialResults;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Puts Lion-K's claims to the test on least squares in a box, a quadratic, and a small network. */
public final class LionKStudy implements Study {

    private static final List<Double> BOX_DECAYS = List.of(0.5, 1.0, 2.0);
    private static final List<Double> NETWORK_DECAYS = List.of(0.0, 0.5, 2.0, 5.0, 10.0, 20.0);
    private static final List<Double> TIGHT_DECAYS = List.of(5.0, 10.0, 20.0);
    private static final double NETWORK_RATE = 1e-3;
    private static final double OTHERS_DECAY = 0.5;
    private static final String ADAMW = "AdamW";
    private static final String MOMENTUM = "SGD with momentum";

    /** Lion's rate times 3 and its decay over 3, the lower end of what Lion's paper says of the two. */
    private static final AdamWOptions ADAMW_OPTIONS =
            new AdamWOptions(3 * NETWORK_RATE, 0.9, 0.999, 1e-8, OTHERS_DECAY / 3);

    private static final SgdOptions MOMENTUM_OPTIONS = new SgdOptions(0.1, 0.9, 0, false, 0);
    private static final int FAR_EPOCHS = 20;
    private static final double FAR_SCALE = 10;

    @Override
    public String slug() {
        return "lion-k";
    }

    @Override
    public List<Claim> claims() {
        return LionKClaims.ALL;
    }

    private static Map<String, ConvexFunction> discrete() {
        Map<String, ConvexFunction> functions = new LinkedHashMap<>();
        functions.put("l1", new L1());
        functions.put("Huber 0.5", new Huber(0.5));
        functions.put("l2", new L2());
        functions.put("half square", new HalfSquare());
        functions.put("dead zone 0.5", new DeadZone(0.5));
        return functions;
    }

    /** The others of the network: lp scaled so that its steps have entries of size about 1, as Lion's. */
    private static Map<String, LongFunction<ConvexFunction>> network() {
        Map<String, LongFunction<ConvexFunction>> functions = new LinkedHashMap<>();
        functions.put("Lion", size -> new L1());
        functions.put("lp 1.5", size -> scaledLp(1.5, size));
        functions.put("lp 2", size -> scaledLp(2, size));
        functions.put("Huber", size -> new Huber(1e-3));
        return functions;
    }

    private static ConvexFunction scaledLp(double p, long size) {
        return new Scaled(Math.pow(size, 1 - 1 / p), new Lp(p));
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int repetitions = lab.repetitions(2, 5, 10);
        long boxSteps = lab.scale().pick(1000, 20_000, 20_000);
        long phaseSteps = lab.scale().pick(500, 2000, 2000);
        long discreteSteps = lab.scale().pick(200, 5000, 5000);
        int continuousSteps = lab.scale().pick(500, 10_000, 20_000);
        int epochs = lab.scale().pick(5, 40, 40);
        Digits digits = Digits.load(lab.seeds());
        TwoPhaseNetwork training = new TwoPhaseNetwork(digits, epochs);
        TwoPhaseNetwork far = new TwoPhaseNetwork(digits, Math.min(epochs, FAR_EPOCHS));

        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < repetitions; seed++) {
            for (double lambda : BOX_DECAYS) {
                grid.add(new Trial("box", "Lion", setting(lambda), seed));
            }
            grid.add(new Trial("phases", "Lion", setting(1), seed));
            for (String k : discrete().keySet()) {
                grid.add(new Trial("discrete", k, "", seed));
            }
            grid.add(new Trial("continuous", "smooth absolute 0.5", "Runge-Kutta", seed));
            grid.add(new Trial("continuous", "l1", "Euler", seed));
            for (double lambda : NETWORK_DECAYS) {
                grid.add(new Trial("network", "Lion", setting(lambda), seed));
            }
            for (String k : network().keySet()) {
                if (!k.equals("Lion")) {
                    grid.add(new Trial("network", k, setting(OTHERS_DECAY), seed));
                }
            }
            for (String baseline : List.of(ADAMW, MOMENTUM)) {
                grid.add(new Trial("baseline", baseline, "", seed));
            }
            for (double lambda : TIGHT_DECAYS) {
                grid.add(new Trial("far", "Lion", setting(lambda), seed));
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> {
            switch (trial.part()) {
                case "box" -> BoxExperiment.solve(lambda(trial), boxSteps, context);
                case "phases" -> BoxExperiment.phases(lambda(trial), 0.01, phaseSteps, context);
                case "discrete" -> LyapunovExperiment.discrete(discrete().get(trial.method()), discreteSteps, context);
                case "continuous" -> continuous(trial, continuousSteps, context);
                case "network" -> training.run(network().get(trial.method()), NETWORK_RATE, lambda(trial), 1, context);
                case "baseline" -> training.run(baseline(trial.method()), 0, 1, context);
                default -> far.run(network().get(trial.method()), NETWORK_RATE, lambda(trial), FAR_SCALE, context);
            }
        });
        judge(lab, results);
        tables(lab, results);
        charts(lab, results);
        lab.findings().note("The network was trained on " + digits.source() + ": 1000 images, the rest for the test.");
        if (digits.source().startsWith("a stand-in")) {
            lab.findings()
                    .note(
                            "The stand-in's noise and number of styles were lowered once, after a quick run in which nothing"
                                    + " learned it; it is still harder than the digits, so its losses do not compare with theirs.");
        }
        lab.findings()
                .note("The two-phase least squares starts on the far side of the optimum, so that the loss still has a"
                        + " way to go inside the box; from elsewhere the two phases overlap.");
        lab.findings()
                .note("The paper's runs on ImageNet and GPT-2 are not repeated; which p suits which architecture"
                        + " was not measured. lp is scaled by d^(1/q) for a parameter of d elements, so that its steps are of"
                        + " Lion's size; Huber's e is 1e-3; all take Lion's rate and lambda = 0.5, untuned. AdamW has three times the rate and a third of the"
                        + " decay, SGD a rate of 0.1, momentum 0.9 and no decay; both are untuned too.");
    }

    private static Function<Map<String, Tensor>, Optimizer> baseline(String method) {
        return method.equals(ADAMW)
                ? parameters -> new AdamW(parameters, ADAMW_OPTIONS)
                : parameters -> new Sgd(parameters, MOMENTUM_OPTIONS);
    }

    private static void continuous(Trial trial, int steps, TrialContext context) throws InterruptedException {
        boolean smooth = trial.setting().equals("Runge-Kutta");
        LyapunovExperiment.continuous(smooth ? new SmoothAbsolute(0.5) : new L1(), smooth, 1e-3, steps, context);
    }

    private static String setting(double lambda) {
        return "lambda=" + lambda;
    }

    private static double lambda(Trial trial) {
        return Double.parseDouble(trial.setting().substring("lambda=".length()));
    }

    private static void judge(Lab lab, TrialResults results) {
        TrialResults box = results.part("box");
        TrialResults phases = results.part("phases");
        TrialResults network = results.part("network");
        TrialResults lion = network.method("Lion");
        TrialResults smooth = results.part("continuous").setting("Runge-Kutta");
        double[] fall = ratio(box, "score", "early score");
        lab.findings()
                .judge(
                        LionKClaims.OPTIMUM,
                        Map.of(
                                "error", worst(box, "error"),
                                "gap", worst(box, "gap"),
                                "violation", worst(box, "violation"),
                                "score", worst(box, "score"),
                                "score-falls", Interval.exact(max(fall))))
                .judge(
                        LionKClaims.PHASES,
                        Map.of(
                                "bound", worst(phases, "distance over bound"),
                                "stays", worst(phases, "growth of the distance"),
                                "falls", phases.interval("fall of the objective inside"),
                                "network", worstWindow(results)))
                .judge(
                        LionKClaims.TRADE_OFF,
                        Map.of(
                                "loss", smallestStep(lion, "training loss", NETWORK_DECAYS),
                                "weights", largestRelativeWeight(lion),
                                "faster", faster(results.part("far"))));
        double[] reference = lion.setting(setting(OTHERS_DECAY)).metric("test accuracy");
        lab.findings()
                .judge(
                        LionKClaims.OTHERS,
                        Map.of(
                                "lp-1.5", difference(network.method("lp 1.5"), reference),
                                "lp-2", difference(network.method("lp 2"), reference),
                                "huber", difference(network.method("Huber"), reference)))
                .judge(LionKClaims.ARCHITECTURE, Map.of())
                .judge(
                        LionKClaims.LYAPUNOV,
                        Map.of(
                                "increase", worst(smooth, "increase"),
                                "slope", worst(smooth, "difference of the slope"),
                                "steps", worst(results.part("discrete"), "excess over the bound")));
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** The largest of all runs: bounds that must hold in each of them. */
    private static Interval worst(TrialResults results, String metric) {
        return Interval.exact(max(results.metric(metric)));
    }

    private static double[] ratio(TrialResults results, String above, String below) {
        return results.all().stream()
                .mapToDouble(result -> result.metric(above) / result.metric(below))
                .toArray();
    }

    private static Interval difference(TrialResults results, double[] reference) {
        return Interval.ofPairedDifference(results.metric("test accuracy"), reference);
    }

    /** The step between neighbouring decays whose interval reaches lowest. */
    private static Interval smallestStep(TrialResults results, String metric, List<Double> decays) {
        Interval smallest = null;
        for (int i = 1; i < decays.size(); i++) {
            Interval step = Interval.ofPairedDifference(
                    results.setting(setting(decays.get(i))).metric(metric),
                    results.setting(setting(decays.get(i - 1))).metric(metric));
            smallest = smallest == null || step.lower() < smallest.lower() ? step : smallest;
        }
        return smallest;
    }

    private static Interval largestRelativeWeight(TrialResults lion) {
        return Interval.exact(TIGHT_DECAYS.stream()
                .mapToDouble(
                        lambda -> lambda * max(lion.setting(setting(lambda)).metric("largest weight")))
                .max()
                .orElseThrow());
    }

    private static Interval worstWindow(TrialResults results) {
        return Interval.exact(max(results.part("far").setting(setting(5)).all().stream()
                .mapToDouble(result -> IntStream.iterate(
                                0,
                                step -> result.metrics().containsKey("excess after " + (step + TwoPhaseNetwork.WINDOW)),
                                step -> step + TwoPhaseNetwork.WINDOW)
                        .mapToDouble(step -> result.metric("excess after " + (step + TwoPhaseNetwork.WINDOW))
                                / result.metric("excess after " + step))
                        .max()
                        .orElseThrow())
                .toArray()));
    }

    private static Interval faster(TrialResults far) {
        Interval smallest = null;
        for (int i = 1; i < TIGHT_DECAYS.size(); i++) {
            Interval step =
                    Interval.ofPairedDifference(left(far, TIGHT_DECAYS.get(i - 1)), left(far, TIGHT_DECAYS.get(i)));
            smallest = smallest == null || step.lower() < smallest.lower() ? step : smallest;
        }
        return smallest;
    }

    private static double[] left(TrialResults far, double lambda) {
        return ratio(far.setting(setting(lambda)), "excess after " + TwoPhaseNetwork.WINDOW, "excess after 0");
    }

    private static void tables(Lab lab, TrialResults results) {
        Table.Builder box = Table.titled(
                "Least squares in a box",
                "lambda",
                "active bounds",
                "largest error",
                "gap of f",
                "score S",
                "violation");
        for (double lambda : BOX_DECAYS) {
            TrialResults runs = results.part("box").setting(setting(lambda));
            box.row(
                    setting(lambda),
                    runs.interval("active"),
                    runs.interval("error"),
                    runs.interval("gap"),
                    runs.interval("score"),
                    runs.interval("violation"));
        }
        Table.Builder lyapunov = Table.titled("Change of H over its bound", "K", "largest excess", "without the gaps");
        for (String k : discrete().keySet()) {
            TrialResults runs = results.part("discrete").method(k);
            lyapunov.row(
                    k,
                    max(runs.metric("excess over the bound")),
                    max(runs.metric("excess over the bound without gaps")));
        }
        Table.Builder network = Table.titled(
                "Network 64-64-10", "K and lambda", "training loss", "test accuracy", "largest weight", "1 / lambda");
        for (double lambda : NETWORK_DECAYS) {
            row(network, results, "Lion", lambda);
        }
        network().keySet().stream().filter(k -> !k.equals("Lion")).forEach(k -> row(network, results, k, OTHERS_DECAY));
        for (String baseline : List.of(ADAMW, MOMENTUM)) {
            TrialResults runs = results.part("baseline").method(baseline);
            network.row(
                    baseline,
                    runs.interval("training loss"),
                    runs.interval("test accuracy"),
                    runs.interval("largest weight"),
                    "none");
        }
        lab.findings().table(box.build()).table(lyapunov.build()).table(network.build());
    }

    private static void row(Table.Builder table, TrialResults results, String k, double lambda) {
        TrialResults runs = results.part("network").method(k).setting(setting(lambda));
        table.row(
                k + ", " + setting(lambda),
                runs.interval("training loss"),
                runs.interval("test accuracy"),
                runs.interval("largest weight"),
                lambda == 0 ? "none" : Double.toString(1 / lambda));
    }

    private static void charts(Lab lab, TrialResults results) {
        TrialResults phases = results.part("phases");
        lab.findings()
                .chart(Chart.titled("Two phases of least squares, lambda = 1", "step", "value")
                        .with(Chart.Series.ofRepetitions("max |x| - 1, at least 0", phases.curves("distance")))
                        .with(Chart.Series.ofRepetitions("f", phases.curves("objective"))));
        TrialResults smooth = results.part("continuous");
        Chart h = Chart.titled("The Lyapunov function in continuous time, first run", "time", "H");
        for (String setting : List.of("Runge-Kutta", "Euler")) {
            h = h.with(
                    Chart.Series.of(setting, smooth.setting(setting).curves("H").getFirst()));
        }
        Chart steps = Chart.titled("The Lyapunov function in steps, first run", "step", "H");
        for (String k : discrete().keySet()) {
            steps = steps.with(Chart.Series.of(
                    k, results.part("discrete").method(k).curves("H").getFirst()));
        }
        Chart loss = Chart.titled("Training loss of the network", "step", "loss (nats)")
                .onLogarithmicAxis();
        for (double lambda : NETWORK_DECAYS) {
            loss = loss.with(Chart.Series.ofRepetitions(
                    setting(lambda),
                    results.part("network")
                            .method("Lion")
                            .setting(setting(lambda))
                            .curves("training loss")));
        }
        Chart excess = Chart.titled("From ten times larger weights", "step", "lambda max|w| - 1");
        for (double lambda : TIGHT_DECAYS) {
            excess = excess.with(Chart.Series.ofRepetitions(
                    setting(lambda),
                    results.part("far").setting(setting(lambda)).curves("excess")));
        }
        lab.findings().chart(h).chart(steps).chart(loss).chart(excess);
    }
}
