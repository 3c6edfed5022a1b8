package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.Decision;
import java.util.Optional;

/** One learner among applicants: its expected error per instance and the share of rounds with a violation. */
final class LendingTrial {

    static final int BATCH = 4;
    static final double ALPHA = .2;
    static final double GAMMA = .6;
    private static final int POINTS = 50;

    /** Shares of the panel at which the stored objections are counted again. */
    static final double[] FRONTIER = {.2, .4, .6, .8, 1};

    private LendingTrial() {}

    /** The metric of the violations at a share of the panel. */
    static String metric(double gamma) {
        return "violations at gamma " + gamma;
    }

    static void run(LendingMethod method, int horizon, TrialContext context) throws InterruptedException {
        LendingEnvironment environment = new LendingEnvironment(context.seeds().generator("world"));
        Panel panel = LendingEnvironment.panel(ALPHA, GAMMA);
        FairOneSidedLearner learner =
                method.learner(horizon, BATCH, context.seeds().child("draws").value());
        double errors = 0;
        int violations = 0;
        FairnessReport stored = new FairnessReport(panel.size());
        int[] truth = new int[BATCH];
        for (int round = 1; round <= horizon; round++) {
            double[][] batch = environment.batch(BATCH);
            for (int i = 0; i < BATCH; i++) {
                truth[i] = environment.label(batch[i]);
            }
            Decision<BatchDecision> decision = learner.decide(batch);
            double[] probabilities = decision.action().probabilities();
            errors += LendingEnvironment.expectedError(batch, probabilities);
            Optional<OrderedPair> violation = panel.audit(batch, probabilities);
            violations += violation.isPresent() ? 1 : 0;
            stored.add(panel.objections(batch, probabilities), LendingEnvironment.expectedError(batch, probabilities));
            if (method.learns()) {
                int[] labels = new int[BATCH];
                for (int i = 0; i < BATCH; i++) {
                    boolean seen = method.seesAll() || decision.action().accepted()[i];
                    labels[i] = seen ? truth[i] : BatchOutcome.UNSEEN;
                }
                learner.feedback(decision.id(), new BatchOutcome(labels, violation));
            } else {
                learner.expire(decision.id());
            }
            if (round % Math.max(1, horizon / POINTS) == 0) {
                context.point("error", round, errors / round);
                context.point("violations", round, violations / (double) round);
                context.progress(round, horizon);
            }
        }
        context.metric("error", errors / horizon);
        context.metric("violations", violations / (double) horizon);
        for (FairnessReport.Point point : stored.frontier(FRONTIER)) {
            context.metric(metric(point.gamma()), point.violationRate());
        }
    }
}
