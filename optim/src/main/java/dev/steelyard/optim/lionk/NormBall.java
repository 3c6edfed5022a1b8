package dev.steelyard.optim.lionk;

import java.util.Arrays;

/**
 * Nearest points of the ball {@code |x|_q <= 1}, 1 &lt; q &lt; infinity. Outside of it they solve
 * {@code x + t q x^(q-1) = |u|} element by element (signs apart) for the multiplier t at which the norm is 1.
 */
final class NormBall {

    /** Enough halvings of the multiplier's logarithm to reach its last bit. */
    private static final int HALVINGS = 200;

    private static final int NEWTON_STEPS = 200;

    private NormBall() {}

    static double[] project(double[] point, double q) {
        double[] magnitudes = Arrays.stream(point).map(Math::abs).toArray();
        double[] projected = point.clone();
        if (norm(magnitudes, q) <= 1) {
            return projected;
        }
        double[] nearest = onSphere(magnitudes, q);
        // What rounding leaves outside is taken in.
        double scale = Math.max(1, norm(nearest, q));
        for (int i = 0; i < point.length; i++) {
            projected[i] = Math.copySign(nearest[i] / scale, point[i]);
        }
        return projected;
    }

    private static double[] onSphere(double[] magnitudes, double q) {
        // At low the solution is outside of the ball, at high inside or on it.
        double low = 0;
        double high = 1;
        while (norm(shrunk(magnitudes, high, q), q) > 1) {
            low = high;
            high *= 16;
        }
        for (int i = 0; i < HALVINGS && Math.nextUp(low) < high; i++) {
            double middle = low == 0 || high / low < 4 ? low + (high - low) / 2 : Math.sqrt(low) * Math.sqrt(high);
            if (norm(shrunk(magnitudes, middle, q), q) > 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return shrunk(magnitudes, high, q);
    }

    private static double[] shrunk(double[] magnitudes, double multiplier, double q) {
        double[] shrunk = new double[magnitudes.length];
        for (int i = 0; i < shrunk.length; i++) {
            shrunk[i] =
                    q <= 2 ? rootOfPower(magnitudes[i], multiplier * q, q) : root(magnitudes[i], multiplier * q, q - 1);
        }
        return shrunk;
    }

    /** {@code x + c x^r = a} for r of at least 1: convex, so that Newton's steps from above stay above. */
    private static double root(double a, double c, double r) {
        if (a == 0) {
            return 0;
        }
        double x = Math.min(a, Math.pow(a / c, 1 / r));
        for (int i = 0; i < NEWTON_STEPS; i++) {
            double power = Math.pow(x, r - 1);
            double next = x - (x + c * power * x - a) / (1 + c * r * power);
            if (!(next < x) || next <= 0) {
                break;
            }
            x = next;
        }
        return x;
    }

    /** {@code x + c x^(q-1) = a} for q of at most 2, by {@code y = x^(q-1)}: {@code c y + y^s = a} is convex again. */
    private static double rootOfPower(double a, double c, double q) {
        double s = 1 / (q - 1);
        // c y + y^s = a is y + y^s / c = a / c.
        return Math.pow(root(a / c, 1 / c, s), s);
    }

    private static double norm(double[] values, double q) {
        double largest = Arrays.stream(values).max().orElse(0);
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(value / largest, q);
        }
        return largest * Math.pow(sum, 1 / q);
    }
}
