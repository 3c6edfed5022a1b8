package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.InvalidOutcomeException;
import org.junit.jupiter.api.Test;

class ModelLossTest {

    private static final Domain WIDE = Ball.aroundZero(2, 100);

    private static ModelLoss loss(ScalarLoss loss, double label, double... features) {
        return new ModelLoss(loss, features, label);
    }

    @Test
    void valuesAndSlopesByHand() {
        assertThat(ScalarLoss.SQUARED.value(3, 1)).isEqualTo(2);
        assertThat(ScalarLoss.SQUARED.slope(3, 1)).isEqualTo(2);
        assertThat(ScalarLoss.ABSOLUTE.value(.5, 1)).isEqualTo(.5);
        assertThat(ScalarLoss.ABSOLUTE.slope(.5, 1)).isEqualTo(-1);
        assertThat(ScalarLoss.ABSOLUTE.slope(1, 1)).isZero();
        assertThat(ScalarLoss.HINGE.value(.25, -1)).isEqualTo(1.25);
        assertThat(ScalarLoss.HINGE.slope(.25, 0)).isEqualTo(1);
        assertThat(ScalarLoss.HINGE.slope(.25, 1)).isEqualTo(-1);
        assertThat(ScalarLoss.HINGE.slope(1, 1)).isZero();
        assertThat(ScalarLoss.HINGE.slope(2, 1)).isZero();
        assertThat(ScalarLoss.LOGISTIC.value(0, 1)).isEqualTo(Math.log(2));
        assertThat(ScalarLoss.LOGISTIC.value(-800, 1)).isEqualTo(800);
        assertThat(ScalarLoss.LOGISTIC.slope(0, 0)).isEqualTo(.5);
        assertThat(ScalarLoss.LOGISTIC.prediction(Math.log(3))).isCloseTo(.75, within(1e-12));
    }

    /** The unconstrained proximal steps, step .5: x = (2, 1), from = (1, 1), so that the score is 3 and |x|^2 = 5. */
    @Test
    void proximalStepsByHand() {
        double[] from = {1, 1};
        // Squares: slope (3 - 0.5)/(1 + 2.5).
        double slope = 2.5 / 3.5;
        assertThat(loss(ScalarLoss.SQUARED, .5, 2, 1).proximal(WIDE, from, .5))
                .containsExactly(new double[] {1 - slope, 1 - slope / 2}, within(1e-12));
        // Absolute, far from the label: a full step; near: onto the label.
        assertThat(loss(ScalarLoss.ABSOLUTE, -4, 2, 1).proximal(WIDE, from, .5)).containsExactly(0, .5);
        assertThat(Vectors.dot(loss(ScalarLoss.ABSOLUTE, 2, 2, 1).proximal(WIDE, from, .5), new double[] {2, 1}))
                .isCloseTo(2, within(1e-12));
        // Hinge: no step beyond the margin, onto the margin where it is in reach, else a full step.
        assertThat(loss(ScalarLoss.HINGE, 1, 2, 1).proximal(WIDE, from, .5)).containsExactly(from);
        assertThat(loss(ScalarLoss.HINGE, -1, 2, 1).proximal(WIDE, from, .5)).containsExactly(0, .5);
        assertThat(Vectors.dot(loss(ScalarLoss.HINGE, -1, 2, 1).proximal(WIDE, from, 2), new double[] {2, 1}))
                .isCloseTo(-1, within(1e-12));
        assertThat(loss(ScalarLoss.ABSOLUTE, 3, 0, 0).proximal(WIDE, from, .5)).containsExactly(from);
    }

    /** f(z) + |z - from|^2/(2 step) is nowhere less than at the proximal point. */
    @Test
    void proximalPointsAreLeastOnEveryDomain() {
        RestorableRandom random = new RestorableRandom(5);
        for (Domain domain : DomainTest.DOMAINS) {
            for (ScalarLoss kind : ScalarLoss.values()) {
                for (int n = 0; n < 30; n++) {
                    double label =
                            kind == ScalarLoss.LOGISTIC || kind == ScalarLoss.HINGE ? n % 2 : random.nextGaussian();
                    ModelLoss loss = new ModelLoss(kind, DomainTest.draw(random, 1.5), label);
                    double[] from = domain.project(DomainTest.draw(random, 1));
                    double step = Math.exp(random.nextGaussian());
                    double[] x = loss.proximal(domain, from, step);
                    assertThat(domain.contains(x, 1e-12)).isTrue();
                    double least = loss.value(x) + Vectors.squaredDistance(x, from) / (2 * step);
                    for (int m = 0; m < 20; m++) {
                        double share = m % 2 == 0 ? 1 : .001;
                        double[] z =
                                Vectors.plus(x, share, Vectors.plus(domain.project(DomainTest.draw(random, 1)), -1, x));
                        assertThat(loss.value(z) + Vectors.squaredDistance(z, from) / (2 * step))
                                .as("%s on %s", loss, domain)
                                .isGreaterThanOrEqualTo(least - 1e-9);
                    }
                }
            }
        }
    }

    @Test
    void theGapBoundsTheDifferenceOfGradients() {
        RestorableRandom random = new RestorableRandom(6);
        for (Domain domain : DomainTest.DOMAINS) {
            for (ScalarLoss kind : ScalarLoss.values()) {
                ModelLoss one = new ModelLoss(kind, DomainTest.draw(random, 1), 1);
                ModelLoss two = new ModelLoss(kind, DomainTest.draw(random, 1), 0);
                double gap = one.largestSquaredGap(two, domain);
                for (int n = 0; n < 200; n++) {
                    double[] w = domain.project(DomainTest.draw(random, 1));
                    assertThat(Vectors.squaredDistance(one.gradient(w), two.gradient(w)))
                            .isLessThanOrEqualTo(gap + 1e-12);
                }
            }
        }
        // |x| <= 1: scores of (3, 4) reach -5 and 5, the slopes of |z - 2| both signs, of |z - 7| only -1.
        Domain ball = Ball.aroundZero(2, 1);
        assertThat(loss(ScalarLoss.ABSOLUTE, 2, 3, 4).largestSquaredGap(null, ball))
                .isEqualTo(25);
        assertThat(loss(ScalarLoss.ABSOLUTE, 7, 3, 4).largestSquaredGap(loss(ScalarLoss.ABSOLUTE, 7, 3, 4), ball))
                .isZero();
        assertThat(loss(ScalarLoss.ABSOLUTE, 2, 3, 4).largestSquaredGap(loss(ScalarLoss.ABSOLUTE, 7, 3, 4), ball))
                .isEqualTo(100);
    }

    @Test
    void badLabelsAreNamed() {
        assertThatThrownBy(() -> loss(ScalarLoss.HINGE, 2, 1, 1))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("label is 2.0");
        assertThatThrownBy(() -> loss(ScalarLoss.SQUARED, Double.NaN, 1, 1)).hasMessageContaining("finite");
    }

    @Test
    void itSurvivesASnapshot() {
        ModelLoss loss = loss(ScalarLoss.HINGE, -1, .1, .2);
        assertThat(ModelLoss.from(loss.state(), 2)).isEqualTo(loss);
    }
}
