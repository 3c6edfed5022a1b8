package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

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

    /** Worked out apart from this code with 60 digits. */
    @Test
    void theTailKeepsItsDigits() {
        double[][] known = {
            {-8, 8.1213681122361127, 0.98567511655665909},
            {-20, 20.049753068527851, 0.99753673838494784},
            {-30, 30.033259667433677, 0.99889622848810991},
            {-1000, 1000.000999998, 0.99999900000599995},
            {-1e8, 1e8, 1}
        };
        for (double[] row : known) {
            assertThat(TruncatedGaussian.v(row[0])).isCloseTo(row[1], withinPercentage(1e-12));
            assertThat(TruncatedGaussian.w(row[0]))
                    .isCloseTo(row[2], within(2e-14))
                    .isLessThan(1);
        }
        assertThat(TruncatedGaussian.w(Double.NEGATIVE_INFINITY)).isLessThan(1).isGreaterThan(1 - 1e-14);
        assertThat(TruncatedGaussian.v(Double.NEGATIVE_INFINITY)).isInfinite();
        assertThat(TruncatedGaussian.w(Double.POSITIVE_INFINITY)).isZero();
        assertThat(TruncatedGaussian.v(Double.POSITIVE_INFINITY)).isZero();
    }

    /** log Phi(-40), worked out with 30 digits; Phi itself is 0 in double numbers from -39 on. */
    @Test
    void theLogarithmOfTheDistributionStaysFinite() {
        assertThat(TruncatedGaussian.logCumulative(-40)).isCloseTo(-804.608442013754, within(1e-11));
        assertThat(TruncatedGaussian.logCumulative(0)).isCloseTo(-Math.log(2), within(1e-15));
        assertThat(TruncatedGaussian.logCumulative(Math.nextDown(-8.0)))
                .isCloseTo(TruncatedGaussian.logCumulative(-8), within(1e-13));
        assertThat(TruncatedGaussian.logCumulative(-1e8)).isCloseTo(-5e15, within(100.0));
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> TruncatedGaussian.v(Double.NaN)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> TruncatedGaussian.w(Double.NaN)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> TruncatedGaussian.drawV(Double.NaN, 1)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> TruncatedGaussian.drawW(0, Double.NaN)).hasMessageContaining("margin");
        assertThatThrownBy(() -> TruncatedGaussian.drawV(0, 0)).hasMessageContaining("margin must be above 0");
    }

    /** Worked out apart from this code with 80 digits: x, margin, V, 1 - W. */
    @Test
    void aNarrowTieKeepsItsDigits() {
        double[][] known = {
            {0, 1e-6, 0, 3.3333333333328886e-13},
            {0.7, 1e-4, -0.69999999766666663, 3.3333333256222226e-9},
            {3, 0.01, -2.9999000073325842, 3.3326889976556758e-5},
            {1, 0.0499, -0.99917040981404334, 0.00082931501548910014},
            {2, 0.05, -1.9983349978204874, 0.00083139314651506059}
        };
        for (double[] row : known) {
            assertThat(TruncatedGaussian.drawV(row[0], row[1])).isCloseTo(row[2], within(1e-13));
            assertThat(TruncatedGaussian.drawV(-row[0], row[1])).isCloseTo(-row[2], within(1e-13));
            assertThat(1 - TruncatedGaussian.drawW(row[0], row[1])).isCloseTo(row[3], within(1e-9 * row[3] + 2e-16));
        }
        assertThat(TruncatedGaussian.drawW(0.7, 1e-200)).isLessThan(1).isGreaterThan(1 - 1e-14);
        assertThat(TruncatedGaussian.drawV(0.7, 1e-200)).isEqualTo(-0.7);
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
