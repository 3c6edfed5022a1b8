package dev.steelyard.online.onesidedfair;

import java.util.List;

/** A deterministic binary classifier. */
@FunctionalInterface
public interface Hypothesis {

    /** Whether it accepts (predicts 1). */
    boolean accepts(double[] x);

    /** Accepts everybody, or nobody. */
    record Constant(boolean accepting) implements Hypothesis {
        @Override
        public boolean accepts(double[] x) {
            return accepting;
        }
    }

    /**
     * Looks at one feature.
     *
     * @param feature its number, from 0
     * @param threshold compared with
     * @param above accepts values of at least the threshold if true, values below it otherwise
     */
    record Stump(int feature, double threshold, boolean above) implements Hypothesis {
        @Override
        public boolean accepts(double[] x) {
            return x[feature] >= threshold == above;
        }
    }

    /** Accepts where the weighted sum of the features is at least the threshold. */
    record Linear(List<Double> weights, double threshold) implements Hypothesis {
        public Linear {
            weights = List.copyOf(weights);
        }

        @Override
        public boolean accepts(double[] x) {
            double sum = 0;
            for (int i = 0; i < weights.size(); i++) {
                sum += weights.get(i) * x[i];
            }
            return sum >= threshold;
        }
    }

    /**
     * The first rule whose condition accepts decides.
     *
     * @param rules in their order
     * @param otherwise the decision where no rule applies
     */
    record DecisionList(List<Rule> rules, boolean otherwise) implements Hypothesis {
        public DecisionList {
            rules = List.copyOf(rules);
        }

        /** A condition and the decision where it holds. */
        public record Rule(Hypothesis condition, boolean accept) {}

        @Override
        public boolean accepts(double[] x) {
            for (Rule rule : rules) {
                if (rule.condition().accepts(x)) {
                    return rule.accept();
                }
            }
            return otherwise;
        }
    }
}
