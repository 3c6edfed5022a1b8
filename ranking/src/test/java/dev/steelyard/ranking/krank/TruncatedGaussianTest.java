package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TruncatedGaussianTest {

    @Test
    void theTwoFormsMeetInTheTail() {
        double before = Math.nextUp(-8.0);
        double after = Math.nextDown(-8.0);
        assertThat(TruncatedGaussian.v(before)).isCloseTo(TruncatedGaussian.v(after), within(1e-13));
        assertThat(TruncatedGaussian.w(before)).isCloseTo(TruncatedGaussian.w(after), within(1e-12));
    }

    @Test
    void farOutTheyReachTheirLimits() {
        assertThat(TruncatedGaussian.v(-1e6)).isCloseTo(1e6, within(1e-5));
        assertThat(TruncatedGaussian.w(-1e6)).isLessThan(1).isGreaterThan(1 - 1e-11);
        assertThat(TruncatedGaussian.v(60)).isZero();
        assertThat(TruncatedGaussian.w(60)).isZero();
    }

    @Property(tries = 200)
    void wIsWithinZeroAndOne(@ForAll @DoubleRange(min = -1e5, max = 1e5) double x) {
        assertThat(TruncatedGaussian.w(x)).isGreaterThanOrEqualTo(0).isLessThan(1);
        assertThat(TruncatedGaussian.v(x)).isGreaterThanOrEqualTo(Math.max(0, -x));
    }

    /** The tie's shift and loss are those of a Gaussian between two bounds, here by Simpson's rule. */
    @Property(tries = 100)
    void aTieIsAGaussianBetweenBounds(
            @ForAll @DoubleRange(min = -30, max = 30) double x,
            @ForAll @DoubleRange(min = 0.05, max = 3) double margin) {
        int steps = 4000;
        double width = 2 * margin / steps;
        double nearest = Math.min(Math.abs(-margin - x), Math.abs(margin - x));
        double peak = Math.abs(x) < margin ? 0 : nearest;
        double mass = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i <= steps; i++) {
            double t = -margin + i * width - x;
            double simpson = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            double density = simpson * Math.exp((peak * peak - t * t) / 2);
            mass += density;
            first += density * t;
            second += density * t * t;
        }
        double mean = first / mass;
        assertThat(TruncatedGaussian.drawV(x, margin)).isCloseTo(mean, within(1e-6));
        assertThat(TruncatedGaussian.drawW(x, margin)).isCloseTo(1 - (second / mass - mean * mean), within(1e-6));
    }
}
