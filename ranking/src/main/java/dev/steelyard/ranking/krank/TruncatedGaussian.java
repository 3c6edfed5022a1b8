package dev.steelyard.ranking.krank;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * What a standard Gaussian becomes when only a part of it is left: the shift of its mean and the loss of its variance.
 * {@code x} is the expected difference of two performances in units of its deviation.
 */
public final class TruncatedGaussian {

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double ROOT_HALF_PI = Math.sqrt(Math.PI / 2);
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** Below this, the continued fraction is exact and keeps the digits that V(x) + x would lose. */
    private static final double TAIL = -8;

    /** So many levels give the continued fraction to the last bit at {@link #TAIL}. */
    private static final int LEVELS = 24;

    /** W is below 1; from here on the variance left is not told from nothing. */
    private static final double LARGEST_W = 1 - 1e-15;

    private TruncatedGaussian() {}

    /** The density of the standard Gaussian. */
    public static double phi(double x) {
        return Math.exp(-x * x / 2) / ROOT_TWO_PI;
    }

    /** The distribution function of the standard Gaussian. */
    public static double cumulative(double x) {
        return 0.5 * Erfc.value(-x * ROOT_HALF);
    }

    /** The logarithm of the distribution function, also where that is too small for a double. */
    public static double logCumulative(double x) {
        return x < TAIL ? -x * x / 2 - Math.log(ROOT_TWO_PI * v(x)) : Math.log(cumulative(x));
    }

    /**
     * V(x) = phi(x) / Phi(x), above 0; near -x for very negative x, near 0 for large x.
     *
     * @throws IllegalArgumentException if x is NaN, as for all of these
     */
    public static double v(double x) {
        requireNumber(x);
        return x < TAIL ? -x + excess(-x) : ROOT_TWO_OVER_PI / Erfcx.value(-x * ROOT_HALF);
    }

    /** W(x) = V(x) (V(x) + x), in [0, 1). */
    public static double w(double x) {
        return w(x, v(x));
    }

    /** W(x) where V(x) is known. */
    static double w(double x, double v) {
        if (Double.isInfinite(x)) {
            return x < 0 ? LARGEST_W : 0;
        }
        double w = x < TAIL ? v * excess(-x) : v * (v + x);
        return Math.min(Math.max(w, 0), LARGEST_W);
    }

    private static void requireNumber(double x) {
        if (Double.isNaN(x)) {
            throw new IllegalArgumentException("x must be a number, not NaN");
        }
    }

    /** V(-t) - t for large t, as 1/(t + 2/(t + 3/(t + ...))). */
    private static double excess(double t) {
        double tail = t;
        for (int level = LEVELS; level >= 2; level--) {
            tail = t + level / tail;
        }
        return 1 / tail;
    }

    /**
     * The shift for a tie: the difference lies within {@code margin} of 0.
     *
     * @param margin of a draw in units of the deviation, above 0
     */
    public static double drawV(double x, double margin) {
        requireMargin(x, margin);
        return x < 0 ? drawShift(-x, margin) * -1 : drawShift(x, margin);
    }

    /** The loss of variance for a tie, in [0, 1). */
    public static double drawW(double x, double margin) {
        requireMargin(x, margin);
        double distance = Math.abs(x);
        if (NarrowBand.holds(distance, margin)) {
            return Math.clamp(1 - NarrowBand.of(distance, margin).variance(), 0, LARGEST_W);
        }
        double shift = drawShift(distance, margin);
        double near = distance - margin;
        double far = distance + margin;
        double w;
        if (near < 0) {
            double inside = cumulative(-near) - cumulative(-far);
            w = shift * shift + (-near * phi(near) + far * phi(far)) / inside;
        } else {
            double ratio = Math.exp(-2 * margin * distance);
            w = shift * shift + (far * ratio - near) / (mills(near) - ratio * mills(far));
        }
        return Math.min(Math.max(w, 0), LARGEST_W);
    }

    private static void requireMargin(double x, double margin) {
        requireNumber(x);
        if (!(margin > 0)) {
            throw new IllegalArgumentException("margin must be above 0, not " + margin);
        }
    }

    private static double drawShift(double distance, double margin) {
        if (NarrowBand.holds(distance, margin)) {
            return NarrowBand.of(distance, margin).mean() - distance;
        }
        double near = distance - margin;
        double far = distance + margin;
        if (near < 0) {
            return (phi(far) - phi(near)) / (cumulative(-near) - cumulative(-far));
        }
        // Both densities may underflow: their common factor phi(near) is taken out.
        double exponent = -2 * margin * distance;
        return Math.expm1(exponent) / (mills(near) - Math.exp(exponent) * mills(far));
    }

    /** (1 - Phi(t)) / phi(t). */
    private static double mills(double t) {
        return ROOT_HALF_PI * Erfcx.value(t * ROOT_HALF);
    }
}
