package dev.steelyard.ranking.dla;

/**
 * What both dual losses are made of: how logits of a list become relative probabilities, whose ratios weigh the other
 * model's clicks, and the loss itself. Lists are stretches {@code [from, to)} of flat arrays.
 */
public enum ClickLoss {

    /** Softmax over the list; minus the sum of weight times log softmax over clicks, over the sum of their weights. */
    SOFTMAX {
        @Override
        void inverseRatios(double[] logits, int from, int to, double[] ratios) {
            for (int k = from; k < to; k++) {
                ratios[k] = ratio(logits[from] - logits[k]);
            }
        }

        @Override
        double add(double[] logits, double[] clicks, double[] weights, int from, int to, double[] gradient) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = from; k < to; k++) {
                largest = Math.max(largest, logits[k]);
            }
            double sum = 0;
            double ofList = 0;
            for (int k = from; k < to; k++) {
                gradient[k] = Math.exp(logits[k] - largest);
                sum += gradient[k];
                ofList += clicks[k] * weights[k];
            }
            double normaliser = largest + Math.log(sum);
            double loss = 0;
            for (int k = from; k < to; k++) {
                double weight = clicks[k] * weights[k];
                loss -= weight == 0 ? 0 : weight * (logits[k] - normaliser);
                gradient[k] = ofList == 0 ? 0 : gradient[k] / sum * ofList - weight;
            }
            return loss;
        }

        @Override
        double total(double[] clicks, double[] weights, int documents) {
            double total = 0;
            for (int k = 0; k < documents; k++) {
                total += clicks[k] * weights[k];
            }
            return total;
        }
    },

    /**
     * The pointwise option of the paper's code: probabilities sigmoid(logit - mean logit of the list); weight times cross
     * entropy of sigmoid(logit) with the click, over the number of documents. Documents without a click are weighted like
     * clicked ones, so that, unlike the softmax form, it is not unbiased.
     */
    SIGMOID {
        @Override
        void inverseRatios(double[] logits, int from, int to, double[] ratios) {
            double mean = 0;
            for (int k = from; k < to; k++) {
                mean += logits[k] / (to - from);
            }
            // 1/sigmoid(x) = 1 + exp(-x).
            double first = 1 + ratio(mean - logits[from]);
            for (int k = from; k < to; k++) {
                ratios[k] = (1 + ratio(mean - logits[k])) / first;
            }
        }

        @Override
        double add(double[] logits, double[] clicks, double[] weights, int from, int to, double[] gradient) {
            double loss = 0;
            for (int k = from; k < to; k++) {
                double logit = logits[k];
                double small = Math.exp(-Math.abs(logit));
                double probability = (logit >= 0 ? 1 : small) / (1 + small);
                loss += weights[k] * (Math.max(logit, 0) - logit * clicks[k] + Math.log1p(small));
                gradient[k] = weights[k] * (probability - clicks[k]);
            }
            return loss;
        }

        @Override
        double total(double[] clicks, double[] weights, int documents) {
            return documents;
        }
    };

    /** Ratios beyond e^20 are cut. */
    private static final double LARGEST_EXPONENT = 20;

    /** The first place's probability over that of each, which weighs the other model's clicks. */
    abstract void inverseRatios(double[] logits, int from, int to, double[] ratios);

    /** The loss of a list and, overwritten, its gradient, both yet to be divided by {@link #total}. */
    abstract double add(double[] logits, double[] clicks, double[] weights, int from, int to, double[] gradient);

    /** What the batch's loss is divided by. */
    abstract double total(double[] clicks, double[] weights, int documents);

    /** exp of a difference of logits, cut so that nothing overflows. */
    static double ratio(double difference) {
        return Math.exp(Math.clamp(difference, -LARGEST_EXPONENT, LARGEST_EXPONENT));
    }
}
