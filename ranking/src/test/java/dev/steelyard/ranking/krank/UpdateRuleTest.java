package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UpdateRuleTest {

    private static final double[] NOISES = {3, 5};

    /** The exact posterior of the winner, by Simpson's rule over its skill. */
    private static double[] quadrature(double[] means, double[] deviations, double[] noises) {
        int steps = 20_000;
        double from = means[0] - 12 * deviations[0];
        double width = 24 * deviations[0] / steps;
        double spread = Math.sqrt(noises[0] * noises[0] + noises[1] * noises[1] + deviations[1] * deviations[1]);
        double mass = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i <= steps; i++) {
            double t = from + i * width;
            double simpson = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            double density = simpson
                    * TruncatedGaussian.phi((t - means[0]) / deviations[0])
                    * TruncatedGaussian.cumulative((t - means[1]) / spread);
            mass += density;
            first += density * t;
            second += density * t * t;
        }
        double mean = first / mass;
        return new double[] {mean, Math.sqrt(second / mass - mean * mean)};
    }

    @Test
    void twoItemsAreTheExactPosterior() {
        double[][] cases = {{25, 25, 8, 8}, {20, 30, 4, 7}, {10, 31, 2, 3}, {31, 10, 2, 3}};
        for (double[] pair : cases) {
            double[] means = {pair[0], pair[1]};
            double[] deviations = {pair[2], pair[3]};
            double[] exact = quadrature(means, deviations, NOISES);
            for (UpdateRule rule : new UpdateRule[] {new PairSum(), ExpectationPropagation.still()}) {
                UpdateRule.Beliefs after = rule.rate(means, deviations, NOISES, new int[] {0, 1});
                assertThat(after.means()[0]).isCloseTo(exact[0], within(1e-8));
                assertThat(after.deviations()[0]).isCloseTo(exact[1], within(1e-7));
            }
        }
    }

    /** A star is a tree, where expectation propagation is the same whatever the losers' order. */
    @Test
    void withoutDrawsTheTiedLosersOfABestVoteAreAlike() {
        UpdateRule.Beliefs after = ExpectationPropagation.still()
                .rate(new double[] {25, 25, 25, 25}, new double[] {8, 8, 8, 8}, 4, 1, 0, 1, 1);
        assertThat(after.means()[0]).isCloseTo(after.means()[2], within(1e-8));
        assertThat(after.means()[0]).isCloseTo(after.means()[3], within(1e-8));
        assertThat(after.means()[1]).isGreaterThan(30);
    }

    @Test
    void anAllTiedBallotSaysNothingToThePairSum() {
        double[] means = {20, 25, 30};
        double[] deviations = {3, 4, 5};
        UpdateRule.Beliefs after = new PairSum().rate(means, deviations, 4, 0, 0, 0);
        assertThat(after.means()).containsExactly(means);
        assertThat(after.deviations()).containsExactly(deviations);
        UpdateRule.Beliefs still = ExpectationPropagation.still().rate(means, deviations, 4, 2, 2, 2);
        assertThat(still.means()).containsExactly(means, within(1e-12));
        assertThat(still.deviations()).containsExactly(deviations, within(1e-12));
    }

    @Test
    void sixNewItemsNeedTheFloor() {
        double[] means = new double[6];
        double[] deviations = new double[6];
        Arrays.fill(means, 25);
        Arrays.fill(deviations, 25.0 / 3);
        int[] order = {0, 1, 2, 3, 4, 5};
        UpdateRule.Beliefs paper = new PairSum().rate(means, deviations, 25.0 / 6, order);
        assertThat(paper.deviations()[0]).isCloseTo(Math.sqrt(1e-4) * 25 / 3, within(1e-12));
        UpdateRule.Beliefs robust = new PairSum(0.3).rate(means, deviations, 25.0 / 6, order);
        assertThat(robust.deviations()[0]).isCloseTo(Math.sqrt(0.3) * 25 / 3, within(1e-12));
    }

    @Test
    void anUpsetBeyondAllTailsStaysFinite() {
        for (UpdateRule rule :
                new UpdateRule[] {new PairSum(), ExpectationPropagation.still(), ExpectationPropagation.deployed()}) {
            for (double gap : new double[] {1e2, 1e4, 1e8}) {
                for (int[] ranks : new int[][] {{0, 1}, {1, 0}, {0, 0}}) {
                    UpdateRule.Beliefs after = rule.rate(new double[] {0, gap}, new double[] {1, 1}, 1, ranks);
                    for (int i = 0; i < 2; i++) {
                        assertThat(after.means()[i]).isFinite();
                        assertThat(after.deviations()[i]).isPositive().isLessThan(1.01);
                    }
                }
            }
        }
    }

    @Test
    void badInputIsNamed() {
        PairSum rule = new PairSum();
        assertThatThrownBy(() -> rule.rate(new double[] {1}, new double[] {1}, 1, 0))
                .hasMessageContaining("at least 2 items");
        assertThatThrownBy(() -> rule.rate(new double[] {1, 1}, new double[] {1, 1}, 1, 0))
                .hasMessageContaining("2, 2, 2 and 1");
        assertThatThrownBy(() -> rule.rate(new double[] {1, Double.NaN}, new double[] {1, 1}, 1, 0, 1))
                .hasMessageContaining("means[1] must be finite, not NaN");
        assertThatThrownBy(() -> rule.rate(new double[] {1, 1}, new double[] {0, 1}, 1, 0, 1))
                .hasMessageContaining("deviations[0]");
        assertThatThrownBy(() -> rule.rate(new double[] {1, 1}, new double[] {1, 1}, -1, 0, 1))
                .hasMessageContaining("noises[0]");
        assertThatThrownBy(() -> rule.rate(new double[] {1, 1}, new double[] {1, 1}, 1, 0, -1))
                .hasMessageContaining("ranks[1]");
        assertThatThrownBy(() -> new PairSum(0)).hasMessageContaining("varianceFloor");
        assertThatThrownBy(() -> new ExpectationPropagation(-1, 0.1)).hasMessageContaining("dynamics");
        assertThatThrownBy(() -> new ExpectationPropagation(0, 1)).hasMessageContaining("drawProbability");
    }
}
