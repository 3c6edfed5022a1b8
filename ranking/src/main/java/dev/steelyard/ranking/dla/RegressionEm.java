package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.RestorableRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Regression-EM (X. Wang, N. Golbandi, M. Bendersky, D. Metzler, M. Najork, WSDM 2018): a position-based click model whose
 * relevance is a function of the features. Learns from all lists, clicked or not.
 */
public final class RegressionEm implements ClickLearner {

    private static final double FIRST_EXAMINATION = .9;
    private static final double KEPT = .95;

    private final MultilayerPerceptron scorer;
    private final double[] examination;
    private final double[] bias = new double[1];
    private final Adagrad steps;
    private final Adagrad biasSteps;
    private final RestorableRandom random;

    /**
     * @param scorer is trained in place
     * @param positions places; longer lists are cut
     * @param rate learning rate
     * @param seed of the labels that are drawn
     */
    public RegressionEm(MultilayerPerceptron scorer, int positions, double rate, long seed) {
        this.scorer = scorer;
        this.examination = new double[positions];
        Arrays.fill(examination, FIRST_EXAMINATION);
        this.steps = new Adagrad(scorer.parameters().length, rate, DualOptions.DEFAULT.largestNorm());
        this.biasSteps = new Adagrad(1, rate, DualOptions.DEFAULT.largestNorm());
        this.random = new RestorableRandom(seed);
    }

    /** P(examined | no click), for examination probability theta and relevance gamma. */
    public static double examinedWithoutClick(double theta, double gamma) {
        return theta * gamma >= 1 ? 1 : theta * (1 - gamma) / (1 - theta * gamma);
    }

    /** P(relevant | no click). */
    public static double relevantWithoutClick(double theta, double gamma) {
        return theta * gamma >= 1 ? 1 : gamma * (1 - theta) / (1 - theta * gamma);
    }

    @Override
    public boolean learn(List<ClickedList> batch) {
        List<ClickedList> cut = batch.stream()
                .map(list -> new ClickedList(
                        Arrays.copyOf(list.features(), Math.min(list.clicks().length, examination.length)),
                        Arrays.copyOf(list.clicks(), Math.min(list.clicks().length, examination.length))))
                .filter(list -> list.clicks().length > 0)
                .toList();
        if (cut.isEmpty()) {
            return false;
        }
        MultilayerPerceptron.Batch forward =
                scorer.forward(cut.stream().map(ClickedList::features).toList());
        double[] examined = new double[examination.length];
        int[] shown = new int[examination.length];
        double[][] gradients = new double[cut.size()][];
        int documents = cut.stream().mapToInt(list -> list.clicks().length).sum();
        double biasGradient = 0;
        for (int b = 0; b < gradients.length; b++) {
            boolean[] clicks = cut.get(b).clicks();
            gradients[b] = new double[clicks.length];
            for (int k = 0; k < clicks.length; k++) {
                double gamma = 1 / (1 + Math.exp(-forward.scores[b][k] - bias[0]));
                examined[k] += clicks[k] ? 1 : examinedWithoutClick(examination[k], gamma);
                shown[k]++;
                double relevant = clicks[k] ? 1 : relevantWithoutClick(examination[k], gamma);
                double label = random.nextDouble() < relevant ? 1 : 0;
                gradients[b][k] = (gamma - label) / documents;
                biasGradient += gradients[b][k];
            }
        }
        steps.step(scorer.parameters(), forward.gradient(gradients));
        biasSteps.step(bias, new double[] {biasGradient});
        for (int k = 0; k < examination.length; k++) {
            if (shown[k] > 0) {
                examination[k] = KEPT * examination[k] + (1 - KEPT) * examined[k] / shown[k];
            }
        }
        return true;
    }

    /** The estimated examination probability of each place. */
    public double[] examination() {
        return examination.clone();
    }

    @Override
    public double[] scores(double[][] documents) {
        return scorer.scores(documents);
    }
}
