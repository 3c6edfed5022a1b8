package dev.steelyard.ranking.dla;

/**
 * The two dual losses of a batch and their gradients, in arrays that are used again for the next batch: documents of all
 * lists one after another.
 */
final class DualGradients {

    private final ClickLoss loss;
    private final double largestWeight;
    private double[] inversePropensities = {};
    private double[] inverseRelevances = {};
    double[] ofScores = {};
    double[] ofLogits = {};
    double rankLoss;
    double examinationLoss;

    DualGradients(ClickLoss loss, double largestWeight) {
        this.loss = loss;
        this.largestWeight = largestWeight;
    }

    /**
     * Computes losses and gradients.
     *
     * @param scores of the documents
     * @param logits of their places
     * @throws IllegalArgumentException if a score or logit is not finite; the message names the list
     */
    void compute(ListBatch lists, double[] scores, double[] logits) {
        requireNumbers(lists, scores, logits);
        inversePropensities = lists.room(inversePropensities);
        inverseRelevances = lists.room(inverseRelevances);
        ofScores = lists.room(ofScores);
        ofLogits = lists.room(ofLogits);
        int documents = lists.documents();
        for (int b = 0; b < lists.lists(); b++) {
            loss.inverseRatios(logits, lists.from(b), lists.from(b + 1), inversePropensities);
            loss.inverseRatios(scores, lists.from(b), lists.from(b + 1), inverseRelevances);
        }
        for (int k = 0; k < documents; k++) {
            inversePropensities[k] = Math.min(largestWeight, inversePropensities[k]);
        }
        rankLoss = mean(lists, scores, inversePropensities, ofScores);
        examinationLoss = mean(lists, logits, inverseRelevances, ofLogits);
    }

    private double mean(ListBatch lists, double[] logits, double[] weights, double[] gradient) {
        double sum = 0;
        for (int b = 0; b < lists.lists(); b++) {
            sum += loss.add(logits, lists.clicks(), weights, lists.from(b), lists.from(b + 1), gradient);
        }
        double total = loss.total(lists.clicks(), weights, lists.documents());
        for (int k = 0; k < lists.documents(); k++) {
            gradient[k] /= total;
        }
        return sum / total;
    }

    private static void requireNumbers(ListBatch lists, double[] scores, double[] logits) {
        for (int k = 0; k < lists.documents(); k++) {
            if (!Double.isFinite(logits[k])) {
                throw new IllegalArgumentException("a place's logit is " + logits[k] + "; lower the propensity rate");
            }
        }
        lists.requireFinite(scores);
    }
}
