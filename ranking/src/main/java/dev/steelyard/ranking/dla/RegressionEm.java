package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;

/**
 * Regression-EM (X. Wang, N. Golbandi, M. Bendersky, D. Metzler, M. Najork, WSDM 2018): a position-based click model whose
 * relevance is a function of the features. Learns from all lists, clicked or not.
 */
public final class RegressionEm implements ClickLearner {

    private static final String NAME = "regression-em";
    private static final double FIRST_EXAMINATION = .9;
    private static final double KEPT = .95;

    private final MultilayerPerceptron scorer;
    private final double[] examination;
    private final double[] bias = new double[1];
    private final GradientSteps steps;
    private final GradientSteps biasSteps;
    private final ListBatch lists = new ListBatch();
    private final ScorerBatch scored;
    private double[] scores = {};
    private double[] gradient = {};
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
        this.steps = GradientSteps.adagrad(scorer.parameters().length, rate);
        this.biasSteps = GradientSteps.adagrad(1, rate);
        this.scored = new ScorerBatch(scorer);
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
        lists.clear();
        for (ClickedList list : batch) {
            lists.add(list, Math.min(list.clicks().length, examination.length));
        }
        int documents = lists.documents();
        if (documents == 0) {
            return false;
        }
        scores = lists.room(scores);
        gradient = lists.room(gradient);
        scored.forward(lists.features(), documents, scores);
        lists.requireFinite(scores);
        double[] examined = new double[examination.length];
        int[] shown = new int[examination.length];
        double biasGradient = 0;
        for (int b = 0; b < lists.lists(); b++) {
            int from = lists.from(b);
            for (int at = from; at < lists.from(b + 1); at++) {
                int k = at - from;
                boolean clicked = lists.clicks()[at] > 0;
                double gamma = 1 / (1 + Math.exp(-scores[at] - bias[0]));
                examined[k] += clicked ? 1 : examinedWithoutClick(examination[k], gamma);
                shown[k]++;
                double relevant = clicked ? 1 : relevantWithoutClick(examination[k], gamma);
                double label = random.nextDouble() < relevant ? 1 : 0;
                gradient[at] = (gamma - label) / documents;
                biasGradient += gradient[at];
            }
        }
        steps.step(scorer.parameters(), scored.gradient(gradient));
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

    @Override
    public State snapshot() {
        return State.of(NAME)
                .put("scorer", scorer.state())
                .put("steps", steps.state())
                .put("bias", bias)
                .put("biasSteps", biasSteps.state())
                .put("examination", examination)
                .put("random", random.state());
    }

    @Override
    public void restore(State snapshot) {
        Runnable savedScorer = scorer.load(snapshot.require(NAME).state("scorer"));
        Runnable savedSteps = steps.load(snapshot.state("steps"));
        double[] savedBias = snapshot.doubles("bias", 1);
        Runnable savedBiasSteps = biasSteps.load(snapshot.state("biasSteps"));
        double[] savedExamination = snapshot.doubles("examination", examination.length);
        random.restore(snapshot.state("random"));
        savedScorer.run();
        savedSteps.run();
        savedBiasSteps.run();
        bias[0] = savedBias[0];
        System.arraycopy(savedExamination, 0, examination, 0, examination.length);
    }
}
