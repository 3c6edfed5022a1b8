package dev.steelyard.online.convex;

import dev.steelyard.online.InvalidOutcomeException;

/** Convex losses of a score z against a label y, for linear models z = w.x. */
public enum ScalarLoss {
    /** (z - y)^2 / 2, for numbers. */
    SQUARED(false) {
        @Override
        public double value(double score, double label) {
            return (score - label) * (score - label) / 2;
        }

        @Override
        double slopeBelow(double score, double label) {
            return score - label;
        }

        @Override
        double slopeAbove(double score, double label) {
            return score - label;
        }
    },

    /** |z - y|, for numbers; its least sum is at the median. */
    ABSOLUTE(false) {
        @Override
        public double value(double score, double label) {
            return Math.abs(score - label);
        }

        @Override
        double slopeBelow(double score, double label) {
            return score > label ? 1 : -1;
        }

        @Override
        double slopeAbove(double score, double label) {
            return score < label ? -1 : 1;
        }
    },

    /** ln(1 + exp(-y z)), for two classes. */
    LOGISTIC(true) {
        @Override
        public double value(double score, double label) {
            double margin = sign(label) * score;
            return Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
        }

        @Override
        double slopeBelow(double score, double label) {
            return -sign(label) / (1 + Math.exp(sign(label) * score));
        }

        @Override
        double slopeAbove(double score, double label) {
            return slopeBelow(score, label);
        }

        @Override
        public double prediction(double score) {
            return 1 / (1 + Math.exp(-score));
        }
    },

    /** max(0, 1 - y z), for two classes. */
    HINGE(true) {
        @Override
        public double value(double score, double label) {
            return Math.max(0, 1 - sign(label) * score);
        }

        @Override
        double slopeBelow(double score, double label) {
            double y = sign(label);
            return y > 0 ? (score <= 1 ? -1 : 0) : (score > -1 ? 1 : 0);
        }

        @Override
        double slopeAbove(double score, double label) {
            double y = sign(label);
            return y > 0 ? (score < 1 ? -1 : 0) : (score >= -1 ? 1 : 0);
        }
    };

    private final boolean classes;

    ScalarLoss(boolean classes) {
        this.classes = classes;
    }

    public abstract double value(double score, double label);

    /** The derivative from the left. */
    abstract double slopeBelow(double score, double label);

    /** The derivative from the right. */
    abstract double slopeAbove(double score, double label);

    /** A subgradient: the one nearest to 0 where there are several. */
    public final double slope(double score, double label) {
        double below = slopeBelow(score, label);
        double above = slopeAbove(score, label);
        return below > 0 ? below : Math.min(above, 0);
    }

    /** What a score predicts: itself, or for {@link #LOGISTIC} the probability of the positive class. */
    public double prediction(double score) {
        return score;
    }

    /**
     * A label of this loss: any finite number, or of two classes 1 for the positive one, 0 or -1 for the other.
     *
     * @throws InvalidOutcomeException if it is none
     */
    public final double requireLabel(double label) {
        if (classes ? label != 1 && label != 0 && label != -1 : !Double.isFinite(label)) {
            throw new InvalidOutcomeException("the label is " + label + "; it must be "
                    + (classes ? "1, or 0 or -1 for the other class" : "finite"));
        }
        return label;
    }

    private static double sign(double label) {
        return label > 0 ? 1 : -1;
    }
}
