package dev.steelyard.ranking.dla;

import dev.steelyard.ranking.letor.JudgedQuery;
import dev.steelyard.ranking.letor.RankingMetrics;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax loss with weights that are given, not learnt: all 1 (naive), inverse propensities from randomisation, or gains of
 * known labels.
 */
public final class WeightedClickLearner implements ClickLearner {

    private final MultilayerPerceptron scorer;
    private final double[] weights;
    private final Adagrad steps;

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
        this.steps = new Adagrad(scorer.parameters().length, rate, DualOptions.DEFAULT.largestNorm());
    }

    /** One that takes clicks as they are. */
    public static WeightedClickLearner naive(MultilayerPerceptron scorer, int positions, double rate) {
        double[] ones = new double[positions];
        Arrays.fill(ones, 1);
        return new WeightedClickLearner(scorer, ones, rate);
    }

    @Override
    public boolean learn(List<ClickedList> batch) {
        List<ClickedList> usable = DualLearner.usable(batch, weights.length);
        if (usable.isEmpty()) {
            return false;
        }
        step(
                usable.stream().map(ClickedList::features).toList(),
                usable.stream().map(list -> weighted(list.clicks())).toArray(double[][]::new));
        return true;
    }

    private double[] weighted(boolean[] clicks) {
        double[] weighted = new double[clicks.length];
        for (int k = 0; k < clicks.length; k++) {
            weighted[k] = clicks[k] ? weights[k] : 0;
        }
        return weighted;
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
    public boolean learnTargets(List<double[][]> lists, double[][] targets) {
        if (Arrays.stream(targets).flatMapToDouble(Arrays::stream).allMatch(target -> target == 0)) {
            return false;
        }
        step(lists, targets);
        return true;
    }

    private void step(List<double[][]> lists, double[][] targets) {
        MultilayerPerceptron.Batch forward = scorer.forward(lists);
        double[] gradient =
                forward.gradient(SoftmaxLoss.of(forward.scores, targets).gradients());
        steps.step(scorer.parameters(), gradient);
    }

    @Override
    public double[] scores(double[][] documents) {
        return scorer.scores(documents);
    }
}
