package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps account of each group's losses beside a learner: regret to the best fixed predictor in hindsight, its curve, recent
 * losses, and whose learner weighs most where.
 *
 * <pre>{@code
 * var ledger = new RegretLedger<>(names, task, () -> new LeastSquares(25), horizon);
 * Decision<Double> prediction = learner.decide(instance);
 * ledger.feedback(learner, prediction, label);      // in place of learner.feedback
 * List<GroupRegret> report = ledger.report();
 * }</pre>
 *
 * <p>Rounds of no group do not enter. What is kept does not survive a restart of the service.
 */
public final class RegretLedger<Z, Y> {

    /** Points of a curve. */
    public static final int POINTS = 100;

    /** Latest rounds of a group that count as recent. */
    public static final int WINDOW = 1000;

    private final List<String> names;
    private final GroupTask<Z, Y> task;
    private final Supplier<? extends Hindsight<Y>> hindsight;
    private final long horizon;
    private final Map<Integer, Account<Y>> accounts = new TreeMap<>();
    private long rounds;

    private static final class Account<Y> {
        private final Hindsight<Y> best;
        private final double[] recent = new double[WINDOW];
        private final Map<Integer, Long> winners = new TreeMap<>();
        private final List<double[]> curve = new ArrayList<>();
        private long rounds;
        private double loss;
        private double ownLoss;
        private double baseLoss;
        private double weight;

        private Account(Hindsight<Y> best) {
            this.best = best;
        }
    }

    /**
     * @param names of the groups by number; groups beyond are named by their number
     * @param hindsight makes a group's comparator, such as {@link LeastSquares}
     * @param horizon rounds that will come, for the points of the curves; 0 for no curves
     */
    public RegretLedger(
            List<String> names, GroupTask<Z, Y> task, Supplier<? extends Hindsight<Y>> hindsight, long horizon) {
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must be at least 0, not " + horizon);
        }
        this.names = List.copyOf(names);
        this.task = task;
        this.hindsight = hindsight;
        this.horizon = horizon;
    }

    /** Gives a learner its feedback and enters the round, without a baseline. */
    public void feedback(GroupwiseLearner<Z, Y> learner, Decision<Z> decision, Y outcome) {
        feedback(learner, decision, outcome, Double.NaN);
    }

    /**
     * Gives a learner its feedback and enters the round.
     *
     * @param baseLoss what a baseline lost in the same round
     * @throws dev.steelyard.online.InvalidOutcomeException if the learner refuses the outcome; nothing is entered then
     */
    public void feedback(GroupwiseLearner<Z, Y> learner, Decision<Z> decision, Y outcome, double baseLoss) {
        GroupedRound<Z> round = learner.round(decision.id());
        learner.feedback(decision.id(), outcome);
        int[] groups = round.groups();
        if (groups.length == 0) {
            return;
        }
        double[] losses = round.predictions().stream()
                .mapToDouble(prediction -> task.loss(prediction, outcome))
                .toArray();
        double[] p = round.probabilities();
        double loss = round.drawn() == GroupedRound.NONE ? task.loss(decision.action(), outcome) : expected(p, losses);
        int winner = groups[heaviest(p)];
        for (int i = 0; i < groups.length; i++) {
            Account<Y> account = accounts.computeIfAbsent(groups[i], group -> new Account<>(hindsight.get()));
            account.best.add(round.x(), outcome);
            account.recent[(int) (account.rounds++ % WINDOW)] = loss;
            account.loss += loss;
            account.ownLoss += losses[i];
            account.baseLoss += baseLoss;
            account.weight += p[i];
            account.winners.merge(winner, 1L, Long::sum);
        }
        rounds++;
        if (horizon > 0 && rounds * POINTS / horizon > (rounds - 1) * POINTS / horizon) {
            accounts.values()
                    .forEach(account -> account.curve.add(
                            new double[] {rounds, account.loss - account.best.loss(), account.weight / account.rounds
                            }));
        }
    }

    private static double expected(double[] p, double[] losses) {
        double expected = 0;
        for (int i = 0; i < p.length; i++) {
            expected += p[i] * losses[i];
        }
        return expected;
    }

    private static int heaviest(double[] p) {
        int heaviest = 0;
        for (int i = 1; i < p.length; i++) {
            heaviest = p[i] > p[heaviest] ? i : heaviest;
        }
        return heaviest;
    }

    /** Rounds that were entered. */
    public long rounds() {
        return rounds;
    }

    /** Each group's account, by number; groups that were never active are left out. */
    public List<GroupRegret> report() {
        List<GroupRegret> report = new ArrayList<>();
        accounts.forEach((group, account) -> {
            int recent = (int) Math.min(WINDOW, account.rounds);
            Map<String, Long> winners = new TreeMap<>();
            account.winners.forEach((winner, count) -> winners.put(name(winner), count));
            report.add(new GroupRegret(
                    name(group),
                    account.rounds,
                    account.loss,
                    account.ownLoss,
                    account.baseLoss,
                    account.best.loss(),
                    Arrays.stream(account.recent, 0, recent).average().orElse(0),
                    account.weight / account.rounds,
                    winners));
        });
        return report;
    }

    /**
     * A group's curve: rows of the round, the regret until then to the best predictor until then, and the mean weight of
     * the group's own learner until then.
     */
    public double[][] curve(int group) {
        Account<Y> account = accounts.get(group);
        return account == null ? new double[0][] : account.curve.toArray(double[][]::new);
    }

    private String name(int group) {
        return group < names.size() ? names.get(group) : "group " + group;
    }
}
