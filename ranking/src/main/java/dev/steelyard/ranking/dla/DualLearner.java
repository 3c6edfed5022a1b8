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
    private final PropensityModel propensity;
    private final GradientSteps scorerSteps;
    private final ListBatch lists = new ListBatch();
    private final ScorerBatch scored;
    private final DualGradients gradients;
    private double[] scores = {};
    private double[] logits = {};
    private long cutLists;
    private double rankLoss = Double.NaN;
    private double examinationLoss = Double.NaN;

    /** @param scorer is trained in place */
    public DualLearner(MultilayerPerceptron scorer, DualOptions options) {
        this.scorer = scorer;
        this.options = options;
        this.propensity = options.propensityModel();
        this.scorerSteps = options.rankSteps(scorer.parameters().length);
        this.scored = new ScorerBatch(scorer);
        this.gradients = new DualGradients(options.loss(), options.largestWeight());
    }

    @Override
    public boolean learn(List<ClickedList> batch) {
        lists.clear();
        int cut = 0;
        for (ClickedList list : batch) {
            lists.addUsable(list, options.positions());
            cut += list.clicks().length > options.positions() ? 1 : 0;
        }
        if (lists.lists() == 0) {
            return false;
        }
        scores = lists.room(scores);
        logits = lists.room(logits);
        scored.forward(lists.features(), lists.documents(), scores);
        propensity.logits(lists, logits);
        // Both gradients are of the values before the step.
        gradients.compute(lists, scores, logits);
        scorerSteps.step(scorer.parameters(), scored.gradient(gradients.ofScores));
        propensity.step(lists, gradients.ofLogits);
        rankLoss = gradients.rankLoss;
        examinationLoss = gradients.examinationLoss;
        cutLists += cut;
        return true;
    }

    /** How likely each place is looked at, relative to the first: P_k/P_1. */
    public double[] propensities() {
        return propensities(new boolean[0]);
    }

    /**
     * The same in a list with these clicks, where the model knows of earlier clicks: a place depends on those above it.
     *
     * @param clicks of the first places; places beyond have none
     */
    public double[] propensities(boolean[] clicks) {
        double[] ofPlaces = propensity.logits(clicks);
        double[] inverse = new double[ofPlaces.length];
        options.loss().inverseRatios(ofPlaces, 0, ofPlaces.length, inverse);
        return Arrays.stream(inverse).map(ratio -> 1 / ratio).toArray();
    }

    /** Forgets how far the propensities' rates have fallen, for when users are known to look elsewhere than before. */
    public void restartPropensityRates() {
        propensity.restartRates();
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

    @Override
    public State snapshot() {
        return State.of(NAME)
                .put("scorer", scorer.state())
                .put("scorerSteps", scorerSteps.state())
                .put("propensity", propensity.state())
                .put("cutLists", cutLists);
    }

    @Override
    public void restore(State snapshot) {
        Runnable savedScorer = scorer.load(snapshot.require(NAME).state("scorer"));
        Runnable savedScorerSteps = scorerSteps.load(snapshot.state("scorerSteps"));
        Runnable savedPropensity = propensity.load(snapshot.state("propensity"));
        cutLists = snapshot.integer("cutLists");
        savedScorer.run();
        savedScorerSteps.run();
        savedPropensity.run();
    }
}
