package dev.steelyard.ranking.fairsubset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScoreFunctionTest {

    static final RankingProfile FIVE = RankingProfile.of(
            new int[] {0, 1, 2, 3, 4}, new int[] {1, 0, 3, 2, 4}, new int[] {0, 2, 1, 4, 3}, new int[] {4, 0, 1, 3, 2});

    static final List<ScoreFunction> ALL = List.of(
            ScoreFunction.sntv(),
            ScoreFunction.bloc(3),
            ScoreFunction.borda(),
            ScoreFunction.dowdall(),
            ScoreFunction.truncatedBorda(3),
            ScoreFunction.chamberlinCourant(),
            ScoreFunction.approvalChamberlinCourant(2),
            ScoreFunction.harmonicBorda(),
            ScoreFunction.proportionalApproval(3));

    @Test
    void scoresByHand() {
        assertThat(ScoreFunction.sntv().itemScores(FIVE)).containsExactly(2, 1, 0, 0, 1);
        assertThat(ScoreFunction.bloc(2).itemScores(FIVE)).containsExactly(4, 2, 1, 0, 1);
        assertThat(ScoreFunction.borda().itemScores(FIVE)).containsExactly(14, 11, 6, 4, 5);
        ScoreFunction cc = ScoreFunction.chamberlinCourant();
        assertThat(cc.value(FIVE, 0)).isEqualTo(14);
        assertThat(cc.value(FIVE, 0, 1)).isEqualTo(15);
        assertThat(cc.value(FIVE, 0, 4)).isEqualTo(15);
        assertThat(cc.value(FIVE, 1, 4)).isEqualTo(13);
        assertThat(cc.value(FIVE, 0, 3)).isEqualTo(14);
    }

    @Test
    void approvalsByHand() {
        // Of the first two places: {0,1}, {1,0}, {0,2}, {4,0}; the committee {0,1} has 2, 2, 1 and 1 of them.
        assertThat(ScoreFunction.proportionalApproval(2).value(FIVE, 0, 1)).isCloseTo(1.5 + 1.5 + 1 + 1, within(1e-12));
        assertThat(ScoreFunction.approvalChamberlinCourant(2).value(FIVE, 1)).isEqualTo(2);
        assertThat(ScoreFunction.harmonicBorda().value(FIVE, 1, 4))
                .isCloseTo((3 + 0) + (4 + 0) + (2 + .5) + (4 + 1), within(1e-12));
        assertThat(ScoreFunction.truncatedBorda(2).itemScores(FIVE)).containsExactly(2 + 1 + 2 + 1, 1 + 2, 1, 0, 2);
        assertThat(ScoreFunction.dowdall().itemScores(FIVE)[0]).isCloseTo(1 + .5 + 1 + .5, within(1e-12));
    }

    static RankingProfile random(int voters, int items, long seed) {
        return Culture.impartial().sample(voters, items, new Random(seed));
    }

    @Property(tries = 100)
    void everyFunctionIsMonotoneAndSubmodular(@ForAll long seed) {
        Random random = new Random(seed);
        RankingProfile profile = random(5, 8, seed);
        int[] items = random.ints(0, 8).distinct().limit(5).toArray();
        int[] small = Arrays.copyOf(items, 2);
        int[] large = Arrays.copyOf(items, 4);
        for (ScoreFunction function : ALL) {
            double smallGain = function.value(profile, with(small, items[4])) - function.value(profile, small);
            double largeGain = function.value(profile, with(large, items[4])) - function.value(profile, large);
            assertThat(largeGain).as(function.name()).isGreaterThanOrEqualTo(-1e-12);
            assertThat(smallGain).as(function.name()).isGreaterThanOrEqualTo(largeGain - 1e-12);
        }
    }

    private static int[] with(int[] items, int more) {
        int[] all = Arrays.copyOf(items, items.length + 1);
        all[items.length] = more;
        return all;
    }

    @Property(tries = 100)
    void sumsOfScoresAreKnown(@ForAll long seed) {
        int n = 6;
        int m = 7;
        RankingProfile profile = random(n, m, seed);
        assertThat(Arrays.stream(ScoreFunction.borda().itemScores(profile)).sum())
                .isEqualTo(n * m * (m - 1) / 2.0);
        assertThat(Arrays.stream(ScoreFunction.sntv().itemScores(profile)).sum())
                .isEqualTo(n);
        assertThat(Arrays.stream(ScoreFunction.bloc(3).itemScores(profile)).sum())
                .isEqualTo(n * 3);
        assertThat(ScoreFunction.bloc(1).itemScores(profile))
                .isEqualTo(ScoreFunction.sntv().itemScores(profile));
        assertThat(ScoreFunction.chamberlinCourant().value(profile, 0, 1, 2, 3, 4, 5, 6))
                .isEqualTo(n * (m - 1));
    }

    @Property(tries = 50)
    void renamingItemsRenamesScores(@ForAll long seed) {
        RankingProfile profile = random(4, 6, seed);
        int[] renamed = profile.ranking(0);
        int[][] rankings = new int[4][];
        for (int v = 0; v < 4; v++) {
            rankings[v] =
                    Arrays.stream(profile.ranking(v)).map(item -> renamed[item]).toArray();
        }
        for (ScoreFunction function : ALL) {
            double[] before = function.itemScores(profile);
            double[] after = function.itemScores(RankingProfile.of(rankings));
            for (int item = 0; item < 6; item++) {
                assertThat(after[renamed[item]]).isCloseTo(before[item], within(1e-12));
            }
        }
    }

    @Test
    void rulesHaveNames() {
        assertThat(ScoreFunction.named("bloc", 4).name()).isEqualTo("bloc-4");
        assertThat(ScoreFunction.named("pav-2", 4).name()).isEqualTo("pav-2");
        assertThat(ScoreFunction.named("truncated-borda-5", 4).name()).isEqualTo("truncated-borda-5");
        assertThat(ScoreFunction.named("harmonic-borda", 4).name()).isEqualTo("harmonic-borda");
        assertThatThrownBy(() -> ScoreFunction.named("plurality", 4)).hasMessageContaining("there are sntv");
        assertThatThrownBy(() -> ScoreFunction.named("borda-5", 4)).hasMessageContaining("'borda' has no length");
    }

    @Test
    void badProfilesAreNamed() {
        assertThatThrownBy(() -> RankingProfile.of(new int[] {0, 1}, new int[] {0}))
                .hasMessageContaining("ranking 1");
        assertThatThrownBy(() -> RankingProfile.of(new int[] {0, 1}, new int[] {0, 0}))
                .hasMessageContaining("item 0 twice");
        assertThatThrownBy(() -> RankingProfile.of(new int[] {0, 2})).hasMessageContaining("item 2");
        assertThatThrownBy(RankingProfile::of).hasMessageContaining("at least one ranking");
    }

    @Test
    void risingWeightsAndFactorsAreRefused() {
        ScoreFunction rising = new ScoreFunction("mine", (r, m) -> r, t -> 1);
        assertThatThrownBy(() -> rising.itemScores(FIVE)).hasMessageContaining("rule mine: the weight of place 1");
        ScoreFunction negative = new ScoreFunction("mine", (r, m) -> 1, t -> t == 0 ? 1 : -1);
        assertThatThrownBy(() -> negative.value(FIVE, 0, 1)).hasMessageContaining("the factor of member 1 is -1");
    }
}
