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

    /** Where scores do not add up, what an item adds to a random other one, against the same by two values of F. */
    @Test
    void marginalGainsStandForScoresOfSubmodularFunctions() {
        ScoreFunction cc = ScoreFunction.chamberlinCourant();
        int draws = 4000;
        Smoothness pairs =
                Smoothness.estimate(Culture.mallows(.7), BiasModel.none(), cc, GROUPS, 2, 6, draws, new Random(3));
        double[] slow = new double[5];
        Random random = new Random(4);
        for (int draw = 0; draw < draws; draw++) {
            RankingProfile profile = Culture.mallows(.7).sample(6, 5, random);
            for (int item = 0; item < 5; item++) {
                int other = (item + 1 + random.nextInt(4)) % 5;
                slow[item] += (cc.value(profile, item, other) - cc.value(profile, other)) / draws;
            }
        }
        for (int item = 0; item < 5; item++) {
            assertThat(pairs.latent()[item]).isCloseTo(slow[item], within(.25));
        }
        double[] single = Smoothness.estimate(Culture.mallows(.7), BiasModel.none(), cc, GROUPS, 6, 200, new Random(3))
                .latent();
        assertThat(pairs.latent()[0]).isLessThan(single[0] - 5);
        // Scores that add up do not depend on the others.
        assertThat(Smoothness.estimate(
                                Culture.mallows(.7),
                                BiasModel.none(),
                                ScoreFunction.borda(),
                                GROUPS,
                                3,
                                6,
                                200,
                                new Random(3))
                        .latent())
                .isEqualTo(single);
        assertThatThrownBy(() ->
                        Smoothness.estimate(Culture.impartial(), BiasModel.none(), cc, GROUPS, 6, 5, 10, new Random(1)))
                .hasMessageContaining("size must be between 1 and the 5 items, not 6");
    }
}
