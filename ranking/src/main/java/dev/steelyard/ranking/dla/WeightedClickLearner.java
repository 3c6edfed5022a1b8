package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import dev.steelyard.ranking.letor.JudgedQuery;
import dev.steelyard.ranking.letor.RankingMetrics;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax loss with weights that are given, not learnt: all 1 (naive), inverse propensities from randomisation, or gains of
 * known labels.
 */
public final class WeightedClickLearner implements ClickLearner {

    private static final String NAME = "weighted clicks";

    private final MultilayerPerceptron scorer;
    private final double[] weights;
    private final GradientSteps steps;
    private final ListBatch lists = new ListBatch();
    private final ScorerBatch scored;
    private double[] scores = {};
    private double[] gradient = {};

    /**
     * @param scorer is trained in place
     * @param inversePropensities of the places; longer lists are cut
     * @param rate learning rate
     */
    public WeightedClickLearner(MultilayerPerceptron scorer, double[] inversePropensities, double rate) {
        if (Arrays.stream(inversePropensities).anyMatch(weight -> !(weight >= 0) || Double.isInfinite(weight))) {
            throw new IllegalArgumentException("inverse propensities must be finite and at least 0, not "
                    + Arrays.toString(inversePropensities) + "; a place without clicks needs more randomised sessions");
        }
        this.scorer = scorer;
        this.weights = inversePropensities.clone();
        this.steps = GradientSteps.adagrad(scorer.parameters().length, rate);
        this.scored = new ScorerBatch(scorer);
    }

    /** One that takes clicks as they are. */
    public static WeightedClickLearner naive(MultilayerPerceptron scorer, int positions, double rate) {
        double[] ones = new double[positions];
        Arrays.fill(ones, 1);
        return new WeightedClickLearner(scorer, ones, rate);
    }

    @Override
    public boolean learn(List<ClickedList> batch) {
        lists.clear();
        for (ClickedList list : batch) {
            lists.addUsable(list, weights.length);
        }
        for (int b = 0; b < lists.lists(); b++) {
            int from = lists.from(b);
            for (int k = from; k < lists.from(b + 1); k++) {
                lists.clicks()[k] *= weights[k - from];
            }
        }
        return step();
    }

    /** Learns one step from known grades, by gains 2^r - 1. */
    public boolean learnGrades(List<JudgedQuery> queries) {
        return learnTargets(
                queries.stream().map(JudgedQuery::features).toList(),
                queries.stream()
                        .map(query -> Arrays.stream(query.grades())
                                .mapToDouble(RankingMetrics::gain)
                                .toArray())
                        .toArray(double[][]::new));
    }

    /**
     * Learns one step from targets, such as estimated relevance.
     *
     * @param targets per list and document, at least 0
     */
    public boolean learnTargets(List<double[][]> documents, double[][] targets) {
        lists.clear();
        for (int b = 0; b < targets.length; b++) {
            lists.add(documents.get(b), targets[b]);
        }
        return step();
    }

    private boolean step() {
        boolean weighted = false;
        for (int k = 0; k < lists.documents(); k++) {
            weighted |= lists.clicks()[k] > 0;
        }
        if (!weighted) {
            return false;
        }
        scores = lists.room(scores);
        gradient = lists.room(gradient);
        scored.forward(lists.features(), lists.documents(), scores);
        lists.requireFinite(scores);
        SoftmaxLoss.compute(lists, scores, gradient);
        steps.step(scorer.parameters(), scored.gradient(gradient));
        return true;
    }

    @Override
    public double[] scores(double[][] documents) {
        return scorer.scores(documents);
    }

    @Override
    public State snapshot() {
        return State.of(NAME)
                .put("scorer", scorer.state())
                .put("weights", weights)
                .put("steps", steps.state());
    }

    @Override
    public void restore(State snapshot) {
        Runnable savedScorer = scorer.load(snapshot.require(NAME).state("scorer"));
        double[] savedWeights = snapshot.doubles("weights", weights.length);
        steps.load(snapshot.state("steps")).run();
        savedScorer.run();
        System.arraycopy(savedWeights, 0, weights, 0, weights.length);
    }
}
