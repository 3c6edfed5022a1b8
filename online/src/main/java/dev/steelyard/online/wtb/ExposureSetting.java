package dev.steelyard.online.wtb;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.Decision;
import dev.steelyard.online.RegretMeter;
import dev.steelyard.online.bandit.BanditLearner;
import dev.steelyard.online.bandit.EpsilonGreedy;
import dev.steelyard.online.bandit.Exp3;
import dev.steelyard.online.bandit.Exp3Options;
import dev.steelyard.online.bandit.ExploreThenCommit;
import dev.steelyard.online.bandit.SuccessiveElimination;
import dev.steelyard.online.bandit.Ucb1;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A setting of the study: K actions, memory m, horizon T; one action is worst at first and best when repeated. */
record ExposureSetting(int arms, int memory, int horizon) {

    static final List<ExposureSetting> RAMPS = List.of(
            new ExposureSetting(10, 10, 10_000),
            new ExposureSetting(10, 50, 20_000),
            new ExposureSetting(20, 20, 20_000));

    private static final double MIXED_DECAY = .9;
    private static final double RAMPS_DECAY = .8;
    private static final double EXPLORATION = .1;
    private static final int POINTS = 50;

    String text() {
        return "K=" + arms + " m=" + memory + " T=" + horizon;
    }

    static ExposureSetting of(String text) {
        String[] parts = text.split(" ");
        return new ExposureSetting(
                Integer.parseInt(parts[0].substring(2)),
                Integer.parseInt(parts[1].substring(2)),
                Integer.parseInt(parts[2].substring(2)));
    }

    /** Plays a method and measures its expected losses against repeating the best action from the start. */
    void run(boolean mixed, String method, TrialContext context) throws InterruptedException {
        MemoryWeights weights = MemoryWeights.geometric(memory, mixed ? MIXED_DECAY : RAMPS_DECAY);
        List<ExposureCurve> curves = curves(mixed, weights, context.seeds().generator("curves"));
        TallyingEnvironment world = new TallyingEnvironment(
                curves,
                weights,
                TallyingEnvironment.Noise.bernoulli(),
                context.seeds().generator("losses"));
        TallyingEnvironment fixed = new TallyingEnvironment(
                curves,
                weights,
                TallyingEnvironment.Noise.none(),
                context.seeds().generator("comparator"));
        int best = new PolicyRegret(curves, weights).bestAction();
        BanditLearner learner =
                learner(mixed, method, context.seeds().child("learner").value());
        RegretMeter meter = new RegretMeter(horizon, POINTS);
        for (int t = 0; t < horizon; t++) {
            Decision<Integer> decision = learner.decide();
            double loss = world.respond(decision.action());
            meter.add(world.lastExpectedLoss(), fixed.respond(best));
            learner.feedback(decision.id(), loss);
            if (t % 2000 == 0) {
                context.progress(t, horizon);
            }
        }
        for (int i = 0; i < meter.curve().length; i++) {
            context.point("regret", meter.curveRounds()[i], meter.curve()[i]);
        }
        context.metric("regret", meter.regret());
        context.metric("found", learner.recommendation() == best ? 1 : 0);
    }

    private List<ExposureCurve> curves(boolean mixed, MemoryWeights weights, RandomGenerator random) {
        int best = random.nextInt(arms);
        List<ExposureCurve> curves = new ArrayList<>();
        int others = 0;
        for (int arm = 0; arm < arms; arm++) {
            if (arm == best) {
                curves.add(ExposureCurve.ramp(.9, .1, weights.sum()));
            } else if (!mixed) {
                curves.add(ExposureCurve.ramp(uniform(random, .5, .95), uniform(random, .3, .5), weights.sum()));
            } else if (others++ % 2 == 0) {
                curves.add(ExposureCurve.constant(uniform(random, .3, .5)));
            } else {
                curves.add(ExposureCurve.ramp(uniform(random, .5, .9), uniform(random, .25, .45), weights.sum()));
            }
        }
        return curves;
    }

    private static double uniform(RandomGenerator random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    private BanditLearner learner(boolean mixed, String method, long seed) {
        return switch (method) {
            case WtbStudy.SE_REO -> new RepeatedExposureBandit(RepeatedExposureOptions.of(arms, horizon, memory));
            case WtbStudy.SE_REO_DOUBLE ->
                new RepeatedExposureBandit(RepeatedExposureOptions.of(arms, horizon, 2 * memory));
            case WtbStudy.ELIMINATION -> new SuccessiveElimination(arms, horizon, 1.0 / horizon, 1, seed);
            case WtbStudy.UCB1 -> new Ucb1(arms, horizon, seed);
            case WtbStudy.EXP3 -> new Exp3(Exp3Options.forHorizon(arms, horizon, mixed ? 2 * memory : memory), seed);
            case WtbStudy.EPSILON -> new EpsilonGreedy(arms, EXPLORATION, seed);
            case WtbStudy.COMMIT ->
                new ExploreThenCommit(arms, memory, ExploreThenCommit.samplesFor(arms, horizon), seed);
            default -> throw new IllegalArgumentException("there is no method " + method);
        };
    }
}
