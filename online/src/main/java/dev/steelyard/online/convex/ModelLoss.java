package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/**
 * The loss of a linear model's weights on an example: f(w) = loss(w.x, y). It knows its proximal step on any domain, which
 * implicit methods take in place of a gradient step.
 *
 * @param loss of the score
 * @param features x, finite; kept, not copied
 * @param label y
 */
public record ModelLoss(ScalarLoss loss, double[] features, double label) {

    private static final int MOST_STEPS = 200;

    /**
     * @throws dev.steelyard.online.InvalidOutcomeException if the label is none of the loss's
     */
    public ModelLoss {
        loss.requireLabel(label);
    }

    public double value(double[] weights) {
        return loss.value(Vectors.dot(weights, features), label);
    }

    /** A subgradient. */
    public double[] gradient(double[] weights) {
        return scaled(loss.slope(Vectors.dot(weights, features), label));
    }

    private double[] scaled(double slope) {
        return Vectors.plus(new double[features.length], slope, features);
    }

    /**
     * The point of the domain that minimises f(w) + |w - from|^2 / (2 step).
     *
     * <p>It is project(from - step s x), where s is a slope of the loss at that point's score. Where the domain does not
     * bind, s has a closed form (save for the logistic loss); else it is found by bisection, the score falling with s.
     */
    public double[] proximal(Domain domain, double[] from, double step) {
        double square = Vectors.dot(features, features);
        double score = Vectors.dot(from, features);
        if (square == 0) {
            return domain.project(from);
        }
        double[] free = Vectors.plus(from, -step * freeSlope(score, step * square), features);
        return domain.contains(free, 0) ? free : bisect(domain, from, step);
    }

    /** s with s a slope at the score {@code score - reach s}. */
    private double freeSlope(double score, double reach) {
        return switch (loss) {
            case SQUARED -> (score - label) / (1 + reach);
            case ABSOLUTE -> Math.clamp((score - label) / reach, -1.0, 1.0);
            case HINGE -> {
                double sign = label > 0 ? 1 : -1;
                yield -sign * Math.clamp((1 - sign * score) / reach, 0.0, 1.0);
            }
            case LOGISTIC -> {
                double low = Math.min(0, loss.slope(score, label));
                double high = Math.max(0, loss.slope(score, label));
                for (int n = 0; n < MOST_STEPS && low + Math.ulp(low) < high; n++) {
                    double middle = .5 * (low + high);
                    if (middle < loss.slope(score - reach * middle, label)) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                yield .5 * (low + high);
            }
        };
    }

    private double[] bisect(Domain domain, double[] from, double step) {
        double[] point = domain.project(from);
        double score = Vectors.dot(point, features);
        double low = Math.min(0, loss.slopeBelow(score, label));
        double high = Math.max(0, loss.slopeAbove(score, label));
        for (int n = 0; n < MOST_STEPS && low < high; n++) {
            double middle = .5 * (low + high);
            point = domain.project(Vectors.plus(from, -step * middle, features));
            score = Vectors.dot(point, features);
            if (middle <= low || middle >= high) {
                return point;
            }
            if (middle < loss.slopeBelow(score, label)) {
                low = middle;
            } else if (middle > loss.slopeAbove(score, label)) {
                high = middle;
            } else {
                return point;
            }
        }
        return point;
    }

    /**
     * How much the gradient may differ from another loss's anywhere on a domain: the largest squared norm over all pairs
     * of slopes that the scores on the domain allow, an upper bound of sup |grad f - grad g|^2 that is reached where the
     * two scores can be chosen apart.
     *
     * @param other another loss, or null for none, whose gradient is 0
     */
    public double largestSquaredGap(ModelLoss other, Domain domain) {
        double largest = 0;
        for (double mine : slopes(domain)) {
            for (double theirs : other == null ? new double[] {0} : other.slopes(domain)) {
                double[] gap = scaled(mine);
                if (other != null) {
                    Vectors.add(gap, -theirs, other.features);
                }
                largest = Math.max(largest, Vectors.dot(gap, gap));
            }
        }
        return largest;
    }

    /** The least and the largest slope over the domain. */
    private double[] slopes(Domain domain) {
        double least = Vectors.dot(features, domain.minimise(features));
        double most = Vectors.dot(features, domain.minimise(scaled(-1)));
        return new double[] {loss.slopeAbove(least, label), loss.slopeBelow(most, label)};
    }

    /** For a snapshot. */
    public State state() {
        return State.of("model loss")
                .put("loss", loss.name())
                .put("features", features)
                .put("label", label);
    }

    /** Reads {@link #state}. */
    public static ModelLoss from(State state, int dimension) {
        return new ModelLoss(
                ScalarLoss.valueOf(state.require("model loss").text("loss")),
                state.doubles("features", dimension),
                state.number("label"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelLoss that
                && loss == that.loss
                && label == that.label
                && Arrays.equals(features, that.features);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(features) + Double.hashCode(label);
    }

    @Override
    public String toString() {
        return loss + " loss at " + Arrays.toString(features) + ", label " + label;
    }
}
