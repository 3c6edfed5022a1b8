package dev.steelyard.ranking.pairwise;

import java.util.Arrays;

/**
 * The logarithm of the likelihood of pairwise results, as a function of the items' log strengths, and Newton's steps on it.
 * The steps are damped so that none can make it fall, which the logistic function's third derivative tells beforehand (F.
 * Bach, Self-concordant analysis for logistic regression, Electronic Journal of Statistics 4, 2010).
 */
final class BradleyTerryLikelihood {

    /** A whole step over differences of strength of up to so much cannot fall. */
    private static final double WHOLE_STEP = 1;

    /** Shares of the gradient that a step leaves: far from the maximum, and near it. */
    private static final double LARGEST_RESIDUAL = 1e-2;

    private static final double LEAST_RESIDUAL = 1e-8;

    private final PairWins wins;
    private final double prior;
    private final double[] gradient;
    /** Second derivatives, negated: of an item by itself, and of a pair. */
    private final double[] curvature;

    private final double[] pairCurvature;
    private final double[] direction;
    private final double[] residual;
    private final double[] conjugate;
    private final double[] product;
    private double lastChange = 1;

    BradleyTerryLikelihood(PairWins wins, double prior) {
        this.wins = wins;
        this.prior = prior;
        int items = wins.items();
        gradient = new double[items];
        curvature = new double[items];
        pairCurvature = new double[wins.size()];
        direction = new double[items];
        residual = new double[items];
        conjugate = new double[items];
        product = new double[items];
    }

    /** Takes a step towards the maximum, in place; gives the largest change of a log strength. */
    double step(double[] logStrengths) {
        differentiate(logStrengths);
        solve(Math.clamp(lastChange * lastChange, LEAST_RESIDUAL, LARGEST_RESIDUAL));
        double reach = reach();
        double scale = reach <= WHOLE_STEP ? 1 : Math.log1p(reach) / reach;
        lastChange = 0;
        for (int i = 0; i < logStrengths.length; i++) {
            logStrengths[i] += scale * direction[i];
            lastChange = Math.max(lastChange, Math.abs(scale * direction[i]));
        }
        return lastChange;
    }

    /** The most by which the direction moves two items apart that met. */
    private double reach() {
        double reach = 0;
        for (int i = 0; prior > 0 && i < direction.length; i++) {
            // The imagined item stands at 0.
            reach = Math.max(reach, Math.abs(direction[i]));
        }
        for (int pair = 0; pair < wins.size(); pair++) {
            reach = Math.max(reach, Math.abs(direction[wins.larger(pair)] - direction[wins.smaller(pair)]));
        }
        return reach;
    }

    /** What is known of each item were the others' strengths known: the second derivatives, negated. */
    double[] information(double[] logStrengths) {
        differentiate(logStrengths);
        return curvature.clone();
    }

    private void differentiate(double[] logStrengths) {
        for (int i = 0; i < gradient.length; i++) {
            double small = Math.exp(-Math.abs(logStrengths[i]));
            gradient[i] = -prior * Math.signum(logStrengths[i]) * (1 - small) / (1 + small);
            curvature[i] = 2 * prior * small / ((1 + small) * (1 + small));
        }
        for (int pair = 0; pair < pairCurvature.length; pair++) {
            int i = wins.larger(pair);
            int j = wins.smaller(pair);
            double difference = logStrengths[i] - logStrengths[j];
            double small = Math.exp(-Math.abs(difference));
            double ofUnlikely = small / (1 + small);
            double ofLikely = 1 / (1 + small);
            double slope = difference >= 0
                    ? wins.wonByLarger(pair) * ofUnlikely - wins.wonBySmaller(pair) * ofLikely
                    : wins.wonByLarger(pair) * ofLikely - wins.wonBySmaller(pair) * ofUnlikely;
            gradient[i] += slope;
            gradient[j] -= slope;
            pairCurvature[pair] = wins.met(pair) * ofUnlikely * ofLikely;
            curvature[i] += pairCurvature[pair];
            curvature[j] += pairCurvature[pair];
        }
    }

    /** Curvature times direction = gradient, by conjugate gradients preconditioned with the items' own curvatures. */
    private void solve(double share) {
        Arrays.fill(direction, 0);
        System.arraycopy(gradient, 0, residual, 0, residual.length);
        Arrays.fill(conjugate, 0);
        double goal = share * share * scaled(residual);
        double norm = 0;
        for (int iteration = 0; iteration < 10 * residual.length; iteration++) {
            double next = scaled(residual);
            if (next <= goal || next == 0) {
                break;
            }
            double kept = norm == 0 ? 0 : next / norm;
            norm = next;
            for (int i = 0; i < conjugate.length; i++) {
                conjugate[i] = (curvature[i] == 0 ? 0 : residual[i] / curvature[i]) + kept * conjugate[i];
            }
            multiply();
            double along = dot(conjugate, product);
            if (!(along > 0)) {
                break;
            }
            double length = norm / along;
            for (int i = 0; i < direction.length; i++) {
                direction[i] += length * conjugate[i];
                residual[i] -= length * product[i];
            }
        }
        if (prior == 0) {
            // A constant added to all log strengths changes nothing: their mean stays 0.
            double mean = Arrays.stream(direction).average().orElse(0);
            Arrays.setAll(direction, i -> direction[i] - mean);
        }
    }

    private double scaled(double[] vector) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += curvature[i] == 0 ? 0 : vector[i] * vector[i] / curvature[i];
        }
        return sum;
    }

    private void multiply() {
        for (int i = 0; i < product.length; i++) {
            product[i] = curvature[i] * conjugate[i];
        }
        for (int pair = 0; pair < pairCurvature.length; pair++) {
            int i = wins.larger(pair);
            int j = wins.smaller(pair);
            product[i] -= pairCurvature[pair] * conjugate[j];
            product[j] -= pairCurvature[pair] * conjugate[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
