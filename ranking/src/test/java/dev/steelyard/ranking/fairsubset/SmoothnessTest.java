package dev.steelyard.ranking.fairsubset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SmoothnessTest {

    private static final Groups GROUPS = Groups.of(0, 0, 0, 1, 1);

    @Test
    void byHand() {
        Smoothness smoothness =
                Smoothness.of(new double[] {10, 6, 4, 8, 2}, new double[] {12, 8, 6, 3, 1}, GROUPS, 4, 5);
        assertThat(smoothness.alpha()).isCloseTo(1 / 20.0, within(1e-12));
        // Pairs of a group with latent ratio at most .5: (0, 2) observed 6/12, (3, 4) observed 1/3.
        assertThat(smoothness.gamma(.5)).isCloseTo(.5, within(1e-12));
        // At .7 also (0, 1) with 8/12 and (1, 2) with 6/8.
        assertThat(smoothness.gamma(.7)).isCloseTo(.75, within(1e-12));
        assertThat(smoothness.gamma(.1)).isZero();
        assertThat(smoothness.leastBeta()).isCloseTo(.2, within(1e-12));
    }

    @Property(tries = 200)
    void gammaGrowsWithBetaAndTellsWhetherTheOrderIsKept(@ForAll long seed) {
        Random random = new Random(seed);
        double[] latent = random.doubles(5, 1, 10).toArray();
        double[] observed = random.doubles(5, 1, 10).toArray();
        Smoothness smoothness = Smoothness.of(latent, observed, GROUPS, 4, 5);
        double before = 0;
        for (double beta = 0; beta <= 1; beta += .05) {
            assertThat(smoothness.gamma(beta)).isGreaterThanOrEqualTo(before);
            before = smoothness.gamma(beta);
        }
        boolean kept = true;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                if (GROUPS.group(i) == GROUPS.group(j) && latent[i] > latent[j] && observed[i] < observed[j]) {
                    kept = false;
                }
            }
        }
        assertThat(smoothness.gamma(1) <= 1).isEqualTo(kept);
    }

    @Test
    void requiredRankingsByHand() {
        assertThat(Smoothness.requiredRankings(.2, .8, 20, .05)).hasValue(8356);
        assertThat(Smoothness.requiredRankings(.2, 1, 20, .05)).isEmpty();
        assertThat(Smoothness.requiredRankings(0, .5, 20, .05)).isEmpty();
        assertThatThrownBy(() -> Smoothness.requiredRankings(.2, .5, 20, 0)).hasMessageContaining("failure");
    }

    @Test
    void estimatesNearExactScoresAndOrderTheRules() {
        // Under impartial culture without bias every item's Borda score is n (m-1)/2: alpha is one half.
        Smoothness borda = Smoothness.estimate(
                Culture.impartial(), BiasModel.none(), ScoreFunction.borda(), GROUPS, 10, 2000, new Random(1));
        assertThat(borda.alpha()).isCloseTo(.5, within(.02)).isBetween(0.0, 1.0);
        assertThat(borda.alphaError()).isPositive().isLessThan(.01);
        assertThat(borda.gammaError()).isPositive().isLessThan(.03);
        Smoothness sntv = Smoothness.estimate(
                Culture.mallows(.5), new SwapBias(.5, .5), ScoreFunction.sntv(), GROUPS, 10, 500, new Random(1));
        assertThat(sntv.alpha()).isLessThan(.1);
    }
}
