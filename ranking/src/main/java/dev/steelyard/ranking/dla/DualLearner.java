package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;

/**
 * The Dual Learning Algorithm: from the same clicks it learns to rank documents and how likely users look at each place,
 * each with the other's current estimate as weights. No result need be randomised.
 *
 * <pre>{@code
 * var learner = new DualLearner(new MultilayerPerceptron(seed, 46, 32, 1), DualOptions.DEFAULT);
 * learner.learn(batchOfSessions);            // again and again; goes on from wherever it stands
 * double[] propensities = learner.propensities();
 * int[] order = learner.rank(documents);
 * }</pre>
 *
 * <p>Sessions without a click, or of one document, teach nothing and are passed over. Ai, Bi, Luo, Guo, Croft: Unbiased
 * Learning to Rank with Unbiased Propensity Estimation, SIGIR 2018, arXiv 1804.05938.
 */
public final class DualLearner implements ClickLearner {

    private static final String NAME = "dla";

    private final MultilayerPerceptron scorer;
    private final DualOptions options;
    private final double[] logits;
    private final Adagrad scorerSteps;
    private final Adagrad logitSteps;
    private long cutLists;
    private double rankLoss = Double.NaN;
    private double examinationLoss = Double.NaN;

    /** @param scorer is trained in place */
    public DualLearner(MultilayerPerceptron scorer, DualOptions options) {
        this.scorer = scorer;
        this.options = options;
        this.logits = new double[options.positions()];
        this.scorerSteps = new Adagrad(scorer.parameters().length, options.rankRate(), options.largestNorm());
        this.logitSteps = new Adagrad(logits.length, options.propensityRate(), options.largestNorm());
    }

    @Override
    public boolean learn(List<ClickedList> batch) {
        List<ClickedList> usable = usable(batch, options.positions());
        if (usable.isEmpty()) {
            return false;
        }
        MultilayerPerceptron.Batch forward =
                scorer.forward(usable.stream().map(ClickedList::features).toList());
        DualLosses losses = DualLosses.of(
                forward.scores,
                logits,
                usable.stream().map(ClickedList::clicks).toArray(boolean[][]::new),
                options.largestWeight());
        // Both gradients are of the values before the step.
        double[] gradient = forward.gradient(losses.scoreGradients());
        scorerSteps.step(scorer.parameters(), gradient);
        logitSteps.step(logits, losses.logitGradient());
        rankLoss = losses.rankLoss();
        examinationLoss = losses.examinationLoss();
        cutLists += batch.stream()
                .filter(list -> list.clicks().length > options.positions())
                .count();
        return true;
    }

    /** The lists that say something, cut to the places there are. */
    static List<ClickedList> usable(List<ClickedList> batch, int positions) {
        return batch.stream()
                .map(list -> list.clicks().length <= positions
                        ? list
                        : new ClickedList(
                                Arrays.copyOf(list.features(), positions), Arrays.copyOf(list.clicks(), positions)))
                .filter(ClickedList::isUsable)
                .toList();
    }

    /** How likely each place is looked at, relative to the first: P_k/P_1. */
    public double[] propensities() {
        double[] propensities = new double[logits.length];
        for (int k = 0; k < propensities.length; k++) {
            propensities[k] = DualLosses.ratio(logits[k] - logits[0]);
        }
        return propensities;
    }

    /** Forgets how far the logits' rates have fallen, for when users are known to look elsewhere than before. */
    public void restartPropensityRates() {
        logitSteps.restart();
    }

    /** The ranking loss of the last step; NaN before any. */
    public double rankLoss() {
        return rankLoss;
    }

    /** The examination loss of the last step; NaN before any. */
    public double examinationLoss() {
        return examinationLoss;
    }

    /** How many lists were cut because they were longer than there are places. */
    public long cutLists() {
        return cutLists;
    }

    @Override
    public double[] scores(double[][] documents) {
        return scorer.scores(documents);
    }

    /** Everything that was learnt, the steps' sizes included. */
    public State snapshot() {
        return State.of(NAME)
                .put("scorer", scorer.state())
                .put("logits", logits)
                .put("scorerSteps", scorerSteps.state())
                .put("logitSteps", logitSteps.state())
                .put("cutLists", cutLists);
    }

    /**
     * Goes on where the snapshot was taken.
     *
     * @throws dev.steelyard.core.state.StateException if it is of another scorer's shape; nothing is changed then
     */
    public void restore(State snapshot) {
        Runnable savedScorer = scorer.load(snapshot.require(NAME).state("scorer"));
        double[] savedLogits = snapshot.doubles("logits", logits.length);
        Runnable savedScorerSteps = scorerSteps.load(snapshot.state("scorerSteps"));
        Runnable savedLogitSteps = logitSteps.load(snapshot.state("logitSteps"));
        cutLists = snapshot.integer("cutLists");
        savedScorer.run();
        System.arraycopy(savedLogits, 0, logits, 0, logits.length);
        savedScorerSteps.run();
        savedLogitSteps.run();
    }
}
