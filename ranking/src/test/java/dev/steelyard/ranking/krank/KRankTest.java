package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.InvalidBallotException;
import dev.steelyard.ranking.Rating;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.SkillModelContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KRankTest extends SkillModelContract {

    @Override
    protected SkillModel create() {
        return new KRank(KRankOptions.defaults());
    }

    @Override
    protected SkillModel createOfOtherOptions() {
        return new KRank(KRankOptions.paper());
    }

    private static KRank withItems(KRankOptions options, String... items) {
        KRank model = new KRank(options);
        List.of(items).forEach(model::add);
        return model;
    }

    @Test
    void anItemMayComeWithAPriorOfItsOwn() {
        KRank model = withItems(KRankOptions.defaults(), "a");
        model.add("b", new Rating(40, 2));
        assertThat(model.rating("b")).isEqualTo(new Rating(40, 2));
        assertThat(model.predictWin("b", "a"))
                .isCloseTo(TruncatedGaussian.cumulative(15 / Math.sqrt(4 + 625 / 9.0 + 2 * 625 / 36.0)), within(1e-14));
        assertThat(model.predictWin("a", "b") + model.predictWin("b", "a")).isCloseTo(1, within(1e-15));
    }

    @Test
    void aVotersNoiseTempersItsBallot() {
        KRank trusting = withItems(KRankOptions.paper(), "a", "b");
        KRank wary = withItems(KRankOptions.paper(), "a", "b");
        trusting.record(Ballot.ordered("1", "a", "b"));
        wary.record(Ballot.ordered("1", "a", "b"), 20);
        assertThat(wary.rating("a").mean()).isBetween(25.0, trusting.rating("a").mean());
        assertThatThrownBy(() -> wary.record(Ballot.ordered("2", "a", "b"), 0))
                .isInstanceOf(InvalidBallotException.class)
                .hasMessageContaining("match '2'")
                .hasMessageContaining("noise is 0.0");
        assertThat(wary.ballots()).isEqualTo(1);
    }

    @Test
    void trustBlendsTheBeliefs() {
        assertThat(VoterTrust.of(0)).isEqualTo(0.5);
        assertThat(VoterTrust.of(1)).isCloseTo(1 / (1 + Math.exp(-5)), within(1e-15));
        assertThat(VoterTrust.mean(10, 20, 0.9)).isCloseTo(19, within(1e-12));
        assertThat(VoterTrust.variance(4, 1, 0.75)).isCloseTo(0.9 * 1 + 0.1 * 4, within(1e-12));
        assertThat(VoterTrust.correlation(new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3}))
                .isEqualTo(1);
        assertThat(VoterTrust.correlation(new int[] {0, 1, 2, 3}, new int[] {3, 2, 1, 0}))
                .isEqualTo(-1);
        assertThat(VoterTrust.correlation(new int[] {0, 1, 2, 3}, new int[] {1, 0, 2, 3}))
                .isCloseTo(0.8, within(1e-12));
        assertThat(VoterTrust.correlation(new int[] {0, 0, 0}, new int[] {0, 1, 2}))
                .isZero();
        KRank full = withItems(KRankOptions.paper(), "a", "b");
        KRank none = withItems(KRankOptions.paper(), "a", "b");
        KRank plain = withItems(KRankOptions.paper(), "a", "b");
        Ballot ballot = Ballot.ordered("1", "a", "b");
        full.recordTrusted(ballot, 1);
        none.recordTrusted(ballot, 0);
        plain.record(ballot);
        assertThat(full.rating("a")).isEqualTo(plain.rating("a"));
        assertThat(none.rating("a").mean()).isEqualTo(25);
        assertThat(none.rating("a").deviation()).isCloseTo(25.0 / 3, within(1e-12));
        assertThatThrownBy(() -> none.recordTrusted(ballot, 1.5)).hasMessageContaining("trust must be in [0, 1]");
    }

    /** An automatic voter that agrees with people settles an item; one that does not never does. */
    @Test
    void anAutomaticVoterIsAskedUntilItemsAreSettled() {
        KRank model = withItems(KRankOptions.paper(), "a", "b");
        int[] people = {0, 1};
        double trust = VoterTrust.of(VoterTrust.correlation(new int[] {0, 1}, people));
        int asked = 0;
        while (!VoterTrust.isSettled(model.rating("a")) && asked < 1000) {
            model.recordTrusted(Ballot.ranked("m" + asked, List.of("a", "b"), asked % 2, 1 - asked % 2), trust);
            asked++;
        }
        assertThat(asked).isBetween(10, 999);
        assertThat(VoterTrust.isSettled(new Rating(25, 0.75))).isFalse();
    }

    @Test
    void votersWhoDoNotLookAreSeen() {
        KRank model = withItems(KRankOptions.defaults(), "a", "b", "c", "d");
        VoterQuality quality = new VoterQuality();
        Random random = new Random(2);
        for (int i = 0; i < 60; i++) {
            Ballot honest = Ballot.ordered("h" + i, "a", "b", "c", "d").by("ann");
            List<String> items = new ArrayList<>(honest.items());
            Collections.shuffle(items, random);
            Ballot blind = Ballot.ranked("b" + i, items, 0, 1, 2, 3).by("bot");
            for (Ballot ballot : List.of(honest, blind)) {
                quality.observe(model, ballot);
                model.record(ballot);
            }
        }
        assertThat(quality.voters()).containsExactly("bot", "ann");
        assertThat(quality.of("ann").meanLogLikelihood()).isGreaterThan(-Math.log(2));
        assertThat(quality.of("bot").meanLogLikelihood()).isLessThan(-Math.log(2));
        assertThat(quality.of("ann").pairs()).isEqualTo(60 * 6);
        assertThat(quality.of("nobody").meanLogLikelihood()).isNaN();
        quality.observe(model, Ballot.ranked("t", List.of("a", "b"), 0, 0).by("tie"));
        assertThat(quality.of("tie")).isEqualTo(new VoterQuality.Agreement(1, 0, 0));
        assertThat(quality.voters()).containsExactly("bot", "ann", "tie");
    }

    @Test
    void qualityIsThatOfTrueSkill() {
        KRank model = withItems(KRankOptions.defaults(), "a", "b", "c");
        // Two new items: sqrt(2 beta^2 / c^2), the published 0.447.
        assertThat(model.quality(List.of("a", "b"))).isCloseTo(Math.sqrt(0.2), within(1e-12));
        model.add("known", new Rating(30, 1));
        double total = 2 * 625 / 36.0 + 625 / 9.0 + 1;
        assertThat(model.quality(List.of("a", "known")))
                .isCloseTo(Math.sqrt(2 * 625 / 36.0 / total) * Math.exp(-25 / (2 * total)), within(1e-12));
        assertThat(model.quality(List.of("a", "b", "c"))).isBetween(0.0, 0.447);
    }

    @Test
    void aSurprisingBallotIsLessLikely() {
        KRank model = withItems(KRankOptions.defaults(), "a", "b", "c");
        for (int i = 0; i < 20; i++) {
            model.record(Ballot.ordered("m" + i, "a", "b", "c"));
        }
        assertThat(model.logLikelihood(Ballot.ordered("x", "c", "b", "a")))
                .isLessThan(model.logLikelihood(Ballot.ordered("x", "a", "b", "c")) - 1);
        assertThat(model.logLikelihood(Ballot.ranked("x", List.of("a", "b"), 0, 0)))
                .isZero();
    }

    @Test
    void badOptionsAreNamed() {
        KRankOptions options = KRankOptions.defaults();
        assertThatThrownBy(() -> options.withPriorDeviation(0)).hasMessageContaining("priorDeviation");
        assertThatThrownBy(() -> options.withNoise(-1)).hasMessageContaining("noise");
        assertThatThrownBy(() -> options.withConservatism(-1)).hasMessageContaining("conservatism");
        assertThatThrownBy(() -> options.withPriorMean(Double.NaN)).hasMessageContaining("priorMean");
    }

    private static final UpdateRule[] STILL = {new PairSum(0.3), new PairSum(), ExpectationPropagation.still()};

    @Property(tries = 150)
    void permutingTheItemsPermutesTheResult(
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = 0, max = 50) Double> means,
            @ForAll @IntRange(min = 1, max = 5) int shift,
            @ForAll @DoubleRange(min = 0.5, max = 9) double deviation) {
        int size = means.size();
        double[] mean = new double[size];
        double[] deviations = new double[size];
        int[] ranks = new int[size];
        double[] movedMean = new double[size];
        double[] movedDeviations = new double[size];
        int[] movedRanks = new int[size];
        for (int i = 0; i < size; i++) {
            mean[i] = means.get(i);
            deviations[i] = deviation + i;
            ranks[i] = i;
            int to = (i + shift) % size;
            movedMean[to] = mean[i];
            movedDeviations[to] = deviations[i];
            movedRanks[to] = ranks[i];
        }
        for (UpdateRule rule : STILL) {
            UpdateRule.Beliefs after = rule.rate(mean, deviations, 4, ranks);
            UpdateRule.Beliefs moved = rule.rate(movedMean, movedDeviations, 4, movedRanks);
            for (int i = 0; i < size; i++) {
                assertThat(moved.means()[(i + shift) % size]).isCloseTo(after.means()[i], within(1e-6));
                assertThat(moved.deviations()[(i + shift) % size]).isCloseTo(after.deviations()[i], within(1e-6));
            }
        }
    }

    @Property(tries = 100)
    void withEqualPriorsTheOrderMirrorsAndTheSumStands(
            @ForAll @IntRange(min = 2, max = 8) int size, @ForAll @DoubleRange(min = 0.5, max = 9) double deviation) {
        double[] mean = new double[size];
        double[] deviations = new double[size];
        int[] ranks = new int[size];
        int[] reversed = new int[size];
        for (int i = 0; i < size; i++) {
            mean[i] = 25;
            deviations[i] = deviation;
            ranks[i] = i;
            reversed[i] = size - 1 - i;
        }
        for (UpdateRule rule : STILL) {
            double[] after = rule.rate(mean, deviations, 4, ranks).means();
            double[] mirrored = rule.rate(mean, deviations, 4, reversed).means();
            double sum = 0;
            for (int i = 0; i < size; i++) {
                assertThat(mirrored[i] - 25).isCloseTo(25 - after[i], within(1e-6));
                sum += after[i];
            }
            assertThat(sum).isCloseTo(25.0 * size, within(1e-6));
        }
    }

    @Property(tries = 150)
    void noDeviationGrowsAndABetterRankNeverHurts(
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = -20, max = 70) Double> means,
            @ForAll @Size(6) List<@IntRange(min = 0, max = 3) Integer> places) {
        int size = means.size();
        double[] mean = means.stream().mapToDouble(Double::doubleValue).toArray();
        double[] deviations = new double[size];
        int[] ranks = new int[size];
        for (int i = 0; i < size; i++) {
            deviations[i] = 1 + i;
            ranks[i] = places.get(i);
        }
        List<UpdateRule> rules = new ArrayList<>(List.of(STILL));
        rules.add(new ExpectationPropagation(0, 0.1));
        for (UpdateRule rule : rules) {
            UpdateRule.Beliefs after = rule.rate(mean, deviations, 4, ranks);
            for (int i = 0; i < size; i++) {
                assertThat(after.deviations()[i]).isPositive().isLessThanOrEqualTo(deviations[i] * (1 + 1e-9));
                assertThat(after.means()[i]).isFinite();
            }
        }
        double[] sums = new PairSum().rate(mean, deviations, 4, ranks).means();
        for (int i = 0; i < size; i++) {
            int best = 0;
            int worst = Integer.MAX_VALUE;
            for (int rank : ranks) {
                best = Math.max(best, rank);
                worst = Math.min(worst, rank);
            }
            if (ranks[i] == worst) {
                assertThat(sums[i]).isGreaterThanOrEqualTo(mean[i]);
            }
            if (ranks[i] == best) {
                assertThat(sums[i]).isLessThanOrEqualTo(mean[i]);
            }
        }
    }
}
