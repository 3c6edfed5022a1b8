package dev.steelyard.ranking.fairsubset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BiasTest {

    private static final Groups GROUPS = Groups.of(0, 1, 0, 1, 0, 1);

    @Test
    void probabilitiesByHand() {
        Groups groups = Groups.of(1, 1, 0, 0, 0);
        int[] ranking = {0, 1, 2, 3, 4};
        assertThat(SwapBias.inversions(ranking, groups)).isEqualTo(6);
        double[][] probabilities = new SwapBias(.5, 1).probabilities(ranking, groups);
        assertThat(probabilities[0]).containsExactly(new double[] {.19047619, .38095238}, within(5e-9));
        assertThat(probabilities[1]).containsExactly(new double[] {.09523810, .19047619}, within(5e-9));
        assertThat(probabilities[2]).containsExactly(new double[] {.04761905, .09523810}, within(5e-9));
    }

    /** One exchange of six pairs, as often as its probability says, within 4 standard errors. */
    @Test
    void pairsAreDrawnAsOftenAsTheirProbabilitySays() {
        Groups groups = Groups.of(1, 1, 0, 0, 0);
        int[] ranking = {0, 1, 2, 3, 4};
        SwapBias bias = new SwapBias(.5, 1 / 6.0);
        double[][] probabilities = bias.probabilities(ranking, groups);
        Random random = new Random(1);
        int draws = 40_000;
        double[][] frequencies = new double[3][2];
        for (int draw = 0; draw < draws; draw++) {
            int[] observed = bias.apply(ranking, groups, random);
            int upper = observed[0] != 0 ? 0 : 1;
            frequencies[observed[upper] - 2][upper] += 1.0 / draws;
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                double p = probabilities[i][j];
                assertThat(frequencies[i][j]).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / draws)));
            }
        }
    }

    /** A second exchange is drawn by the places after the first: probabilities are refreshed. */
    @Test
    void probabilitiesAreRefreshedAfterAnExchange() {
        Groups groups = Groups.of(1, 0, 0);
        int[] ranking = {0, 1, 2};
        // 0 moves past 1 or straight past 2; after the latter no pair is left.
        Random random = new Random(2);
        for (int draw = 0; draw < 200; draw++) {
            int[] observed = new SwapBias(.5, 1).apply(ranking, groups, random);
            assertThat(observed[2]).isZero();
        }
    }

    @Property(tries = 200)
    void advantagedItemsNeverFallAndDisadvantagedNeverRise(@ForAll long seed) {
        Random random = new Random(seed);
        RankingProfile latent = ScoreFunctionTest.random(3, 6, seed);
        RankingProfile observed = new SwapBias(.5, random.nextDouble()).apply(latent, GROUPS, random);
        for (int v = 0; v < 3; v++) {
            for (int item = 0; item < 6; item++) {
                if (GROUPS.group(item) == 0) {
                    assertThat(observed.rank(v, item)).isLessThanOrEqualTo(latent.rank(v, item));
                } else {
                    assertThat(observed.rank(v, item)).isGreaterThanOrEqualTo(latent.rank(v, item));
                }
            }
        }
    }

    @Property(tries = 100)
    void fullStrengthLeavesNoDisadvantagedItemAboveAndNoneLeavesAll(@ForAll long seed) {
        RankingProfile latent = ScoreFunctionTest.random(3, 6, seed);
        assertThat(new SwapBias(.5, 0).apply(latent, GROUPS, new Random(seed))).isEqualTo(latent);
        RankingProfile observed = new SwapBias(1e-4, 1).apply(latent, GROUPS, new Random(seed));
        for (int v = 0; v < 3; v++) {
            assertThat(SwapBias.inversions(observed.ranking(v), GROUPS)).isZero();
        }
    }

    @Test
    void pairsThatAreFarApartAreStillSwappedUnderASmallPhi() {
        int m = 120;
        int[] ranking = new int[m];
        int[] groups = new int[m];
        for (int i = 0; i < m; i++) {
            ranking[i] = i;
        }
        groups[0] = 1;
        // One disadvantaged item on top, the advantaged of any number below: all neighbours but none is barred.
        SwapBias bias = new SwapBias(1e-5, 1);
        int[] observed = bias.apply(ranking, Groups.of(groups), new Random(1));
        assertThat(observed[m - 1]).isZero();
    }

    @Test
    void utilitiesWithoutBiasAreObservedAsTheyAre() {
        double[] qualities = {.5, .4, .3, .2, .1, 0};
        UtilityBias.Profiles none = new UtilityBias(1).sample(20, qualities, GROUPS, new Random(1));
        assertThat(none.observed()).isEqualTo(none.latent());
        double[] thetas = {1, 0};
        UtilityBias.Profiles mixed = UtilityBias.sample(thetas, qualities, GROUPS, new Random(1));
        assertThat(mixed.observed().ranking(0)).isEqualTo(mixed.latent().ranking(0));
        assertThat(SwapBias.inversions(mixed.observed().ranking(1), GROUPS)).isZero();
        assertThatThrownBy(() -> UtilityBias.sample(new double[] {1, 2}, qualities, GROUPS, new Random(1)))
                .hasMessageContaining("theta");
        UtilityBias.Profiles full = new UtilityBias(0).sample(20, qualities, GROUPS, new Random(1));
        for (int v = 0; v < 20; v++) {
            assertThat(SwapBias.inversions(full.observed().ranking(v), GROUPS)).isZero();
        }
    }

    @Test
    void mallowsIsTheCentreAtZeroAndImpartialAtOne() {
        RankingProfile centre = Culture.mallows(0).sample(3, 5, new Random(1));
        for (int v = 0; v < 3; v++) {
            assertThat(centre.ranking(v)).containsExactly(0, 1, 2, 3, 4);
        }
        for (double phi : new double[] {.3, .8, 1}) {
            assertThat(meanSwaps(Culture.mallows(phi), 6)).isCloseTo(Mallows.expectedSwaps(phi, 6), within(.1));
        }
        assertThat(Mallows.expectedSwaps(1, 6)).isCloseTo(7.5, within(1e-12));
        double phi = .7;
        double closed = 6 * phi / (1 - phi);
        for (int i = 1; i <= 6; i++) {
            closed -= i * Math.pow(phi, i) / (1 - Math.pow(phi, i));
        }
        assertThat(Mallows.expectedSwaps(phi, 6)).isCloseTo(closed, within(1e-10));
    }

    private static double meanSwaps(Culture culture, int m) {
        RankingProfile profile = culture.sample(20_000, m, new Random(3));
        long swaps = 0;
        for (int v = 0; v < profile.voters(); v++) {
            for (int i = 0; i < m; i++) {
                for (int j = i + 1; j < m; j++) {
                    swaps += profile.rank(v, i) > profile.rank(v, j) ? 1 : 0;
                }
            }
        }
        return swaps / (double) profile.voters();
    }

    @Test
    void normMallowsHitsItsTarget() {
        for (double relphi : new double[] {.1, .5, .9}) {
            double phi = Mallows.dispersion(relphi, 20);
            assertThat(Mallows.expectedSwaps(phi, 20)).isCloseTo(relphi * 20 * 19 / 4, within(1e-9));
        }
        assertThat(Mallows.dispersion(0, 20)).isZero();
        assertThat(Mallows.dispersion(1, 20)).isEqualTo(1);
        assertThatThrownBy(() -> Mallows.dispersion(Double.NaN, 20)).hasMessageContaining("relphi");
    }

    @Test
    void singlePeakedRankingsSpreadFromTheirPeak() {
        RankingProfile profile = Culture.singlePeaked().sample(200, 7, new Random(1));
        for (int v = 0; v < 200; v++) {
            int left = profile.item(v, 0);
            int right = left;
            for (int r = 1; r < 7; r++) {
                int item = profile.item(v, r);
                assertThat(item == left - 1 || item == right + 1).isTrue();
                left = Math.min(left, item);
                right = Math.max(right, item);
            }
        }
    }

    @Test
    void urnsRepeatVotesMoreThanImpartialCulture() {
        assertThat(distinct(Culture.urn())).isLessThan(distinct(Culture.impartial()));
    }

    private static long distinct(Culture culture) {
        long distinct = 0;
        for (int seed = 0; seed < 20; seed++) {
            RankingProfile profile = culture.sample(30, 6, new Random(seed));
            distinct += java.util.stream.IntStream.range(0, 30)
                    .mapToObj(v -> java.util.Arrays.toString(profile.ranking(v)))
                    .distinct()
                    .count();
        }
        return distinct;
    }

    @Test
    void badParametersAreNamed() {
        assertThatThrownBy(() -> new SwapBias(1, .5)).hasMessageContaining("phi");
        assertThatThrownBy(() -> new SwapBias(.5, 1.1)).hasMessageContaining("lambda");
        assertThatThrownBy(() -> new UtilityBias(2)).hasMessageContaining("theta");
        assertThatThrownBy(() -> Culture.named("mallows")).hasMessageContaining("mallows:0.8");
        assertThatThrownBy(() -> Culture.named("plackett")).hasMessageContaining("there are ic");
        assertThatThrownBy(() -> Groups.of(0, 1, -1)).hasMessageContaining("item 2");
    }
}
