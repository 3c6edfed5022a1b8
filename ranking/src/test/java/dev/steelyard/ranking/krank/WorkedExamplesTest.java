package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ballot;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbers that were worked out apart from this code, to all their digits. */
class WorkedExamplesTest {

    private static final Offset<Double> DIGITS = within(1e-10);
    private static final double PRIOR_DEVIATION = 25.0 / 3;
    private static final double NOISE = 25.0 / 6;

    private static UpdateRule.Beliefs newItems(UpdateRule rule, int... ranks) {
        double[] means = new double[ranks.length];
        double[] deviations = new double[ranks.length];
        Arrays.fill(means, 25);
        Arrays.fill(deviations, PRIOR_DEVIATION);
        return rule.rate(means, deviations, NOISE, ranks);
    }

    @Test
    void truncatedGaussian() {
        assertThat(TruncatedGaussian.v(-2)).isCloseTo(2.3732155328, DIGITS);
        assertThat(TruncatedGaussian.w(-2)).isCloseTo(0.8857208996, DIGITS);
        assertThat(TruncatedGaussian.v(0)).isCloseTo(0.7978845608, DIGITS);
        assertThat(TruncatedGaussian.w(0)).isCloseTo(0.6366197724, DIGITS);
        assertThat(TruncatedGaussian.v(1)).isCloseTo(0.2875999709, DIGITS);
        assertThat(TruncatedGaussian.w(1)).isCloseTo(0.3703137142, DIGITS);
    }

    @Test
    void twoNewItems() {
        for (UpdateRule rule : List.of(new PairSum(), ExpectationPropagation.still())) {
            UpdateRule.Beliefs after = newItems(rule, 0, 1);
            assertThat(after.means()).containsExactly(new double[] {29.2052208700, 20.7947791300}, DIGITS);
            assertThat(after.deviations()).containsExactly(new double[] {7.1944813488, 7.1944813488}, DIGITS);
        }
    }

    @Test
    void fourNewItemsInOrderByThePairSum() {
        UpdateRule.Beliefs after = newItems(new PairSum(), 0, 1, 2, 3);
        assertThat(after.means())
                .containsExactly(new double[] {37.6156626101, 29.2052208700, 20.7947791300, 12.3843373899}, DIGITS);
        assertThat(after.deviations())
                .containsExactly(new double[] {4.0488018903, 4.0488018903, 4.0488018903, 4.0488018903}, DIGITS);
    }

    @Test
    void fourNewItemsOfWhichOneIsBestByThePairSum() {
        UpdateRule.Beliefs after = newItems(new PairSum(), 0, 1, 1, 1);
        assertThat(after.means())
                .containsExactly(new double[] {37.6156626101, 20.7947791300, 20.7947791300, 20.7947791300}, DIGITS);
        assertThat(after.deviations())
                .containsExactly(new double[] {4.0488018903, 7.1944813488, 7.1944813488, 7.1944813488}, DIGITS);
    }

    @Test
    void fourNewItemsByExpectationPropagationAsDeployed() {
        assertThat(ExpectationPropagation.deployed().drawMargin(NOISE)).isCloseTo(0.7404665875, DIGITS);
        UpdateRule.Beliefs after = newItems(ExpectationPropagation.deployed(), 0, 1, 2, 3);
        assertThat(after.means())
                .containsExactly(
                        new double[] {33.2066808950, 27.4014551573, 22.5985448427, 16.7933191050}, within(2e-10));
        assertThat(after.deviations())
                .containsExactly(new double[] {6.3481093863, 5.7871628097, 5.7871628097, 6.3481093863}, within(2e-10));
    }

    @Test
    void twoNewItemsByExpectationPropagationAsDeployed() {
        UpdateRule.Beliefs after = newItems(ExpectationPropagation.deployed(), 0, 1);
        assertThat(after.means()).containsExactly(new double[] {29.3958316930, 20.6041683070}, DIGITS);
        assertThat(after.deviations()).containsExactly(new double[] {7.1714758070, 7.1714758070}, DIGITS);
    }

    @Test
    void fourNewItemsByExpectationPropagationWithoutDriftAndDraws() {
        UpdateRule.Beliefs after = newItems(ExpectationPropagation.still(), 0, 1, 2, 3);
        assertThat(after.means())
                .containsExactly(
                        new double[] {32.6776451916, 27.2166123679, 22.7833876321, 17.3223548084}, within(2e-10));
        // The outer deviation was worked out to nine digits: swept to a standstill it is 6.40880459496.
        assertThat(after.deviations())
                .containsExactly(new double[] {6.4088045945, 5.8272211624, 5.8272211624, 6.4088045945}, within(1e-9));
    }

    private static void assertKnownItems(
            UpdateRule rule, double[] noises, int[] ranks, double[] means, double[] deviations) {
        UpdateRule.Beliefs after = rule.rate(new double[] {20, 30, 25, 28}, new double[] {4, 2, 6, 3}, noises, ranks);
        assertThat(after.means()).containsExactly(means, within(2e-9));
        assertThat(after.deviations()).containsExactly(deviations, within(2e-9));
    }

    /** Items of unlike beliefs and ties, by the same messages in arithmetic of 40 digits. */
    @Test
    void tiesAmongKnownItems() {
        double[] alike = {NOISE, NOISE, NOISE, NOISE};
        double[] unlike = {2, 3, 4, 5};
        assertKnownItems(
                ExpectationPropagation.deployed(),
                alike,
                new int[] {0, 1, 1, 2},
                new double[] {25.00737893953878, 29.42563259646184, 26.32784241529026, 26.14132860964678},
                new double[] {3.318931518758172, 1.886466580998141, 3.95694512822561, 2.715044663154309});
        assertKnownItems(
                new ExpectationPropagation(0, 0.25),
                unlike,
                new int[] {2, 0, 0, 1},
                new double[] {18.37355890810556, 30.28274846401612, 29.13973331678272, 27.24375574095866},
                new double[] {3.438149559408131, 1.8783297655644, 3.873527134379358, 2.71558962709076});
        assertKnownItems(
                new PairSum(),
                unlike,
                new int[] {2, 0, 0, 1},
                new double[] {18.3124941306742, 30.42651202787561, 30.9088588517635, 26.51235527583476},
                new double[] {3.365947622485335, 1.930120157781198, 4.077500097194139, 2.616135149189388});
    }

    /** Without a model of draws the tied are compared with the other groups only. */
    @Test
    void tiesAmongKnownItemsWithoutDraws() {
        double[] alike = {NOISE, NOISE, NOISE, NOISE};
        assertKnownItems(
                ExpectationPropagation.still(),
                alike,
                new int[] {0, 1, 1, 2},
                new double[] {25.3184578602781, 29.52411746796978, 25.83153191560198, 25.87122017176106},
                new double[] {3.291844240957918, 1.896619054027953, 4.208916449679886, 2.697038373195528});
    }

    @Test
    void theBestOfKnownItems() {
        double[] alike = {NOISE, NOISE, NOISE, NOISE};
        int[] best = {1, 0, 1, 1};
        assertKnownItems(
                ExpectationPropagation.deployed(),
                alike,
                best,
                new double[] {21.83598466091693, 30.25084140430376, 24.23068155033536, 26.59550129996314},
                new double[] {3.257187508547447, 1.949588601273094, 4.026939042333106, 2.662674291355352});
        assertKnownItems(
                ExpectationPropagation.still(),
                alike,
                best,
                new double[] {19.8159728797629, 30.51432065301523, 23.50826944371159, 27.31922642492119},
                new double[] {3.898168704264612, 1.934655151352887, 5.313194691268035, 2.83922940167908});
    }

    @Test
    void theModelGivesTheSameAsTheRule() {
        KRank model = new KRank(KRankOptions.paper());
        List.of("a", "b", "c", "d").forEach(model::add);
        model.record(Ballot.ranked("1", List.of("d", "b", "a", "c"), 3, 1, 0, 2));
        assertThat(model.rating("a").mean()).isCloseTo(37.6156626101, DIGITS);
        assertThat(model.rating("b").mean()).isCloseTo(29.2052208700, DIGITS);
        assertThat(model.rating("c").mean()).isCloseTo(20.7947791300, DIGITS);
        assertThat(model.rating("d").mean()).isCloseTo(12.3843373899, DIGITS);
        assertThat(model.rating("d").deviation()).isCloseTo(4.0488018903, DIGITS);
        assertThat(model.score("a")).isCloseTo(37.6156626101 - 3 * 4.0488018903, within(1e-9));
    }

    /** A tie of two known equals: the published figures of TrueSkill's implementations for a 1-on-1 draw. */
    @Test
    void twoNewItemsThatTie() {
        UpdateRule.Beliefs after = newItems(ExpectationPropagation.deployed(), 0, 0);
        assertThat(after.means()).containsExactly(new double[] {25, 25}, DIGITS);
        assertThat(after.deviations()).containsExactly(new double[] {6.458, 6.458}, within(5e-4));
    }
}
