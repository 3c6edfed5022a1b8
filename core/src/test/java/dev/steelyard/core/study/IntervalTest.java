package dev.steelyard.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.paper.Criterion;
import dev.steelyard.core.paper.Relation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntervalTest {

    private static final Criterion ABOVE_ONE = new Criterion("c", "gain", Relation.ABOVE, 1);

    @Test
    void isStudentsInterval() {
        // Samples 1..5: mean 3, standard error sqrt(2.5/5); the tables give t(0.975; 4) = 2.776445.
        Interval interval = Interval.of(1, 2, 3, 4, 5);
        double half = 2.7764451052 * Math.sqrt(2.5 / 5);
        assertThat(interval.mean()).isEqualTo(3);
        assertThat(interval.lower()).isCloseTo(3 - half, within(1e-9));
        assertThat(interval.upper()).isCloseTo(3 + half, within(1e-9));
    }

    @Test
    void hugeAndInfiniteSamplesGiveNoNaN() {
        Interval huge = Interval.of(1e308, 1.2e308, 1.4e308);
        double half = 4.302652729911275 * 0.2 / Math.sqrt(3);
        assertThat(huge.mean() / 1e308).isCloseTo(1.2, within(1e-12));
        assertThat(huge.lower() / 1e308).isCloseTo(1.2 - half, within(1e-9));
        assertThat(huge.upper() / 1e308).isCloseTo(1.2 + half, within(1e-9));
        Interval diverged = Interval.of(1, Double.POSITIVE_INFINITY);
        assertThat(diverged.mean()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Verdict.of(ABOVE_ONE, diverged)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aCurveHasAGapWhereARepetitionHasNone() {
        Curve one = new Curve(new double[] {1, 2, 3}, new double[] {1, Double.NaN, Double.POSITIVE_INFINITY});
        Curve other = new Curve(new double[] {1, 2, 3}, new double[] {3, 2, 1});
        Chart.Series series = Chart.Series.ofRepetitions("s", List.of(one, other));
        assertThat(series.mean()).containsExactly(2, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(series.lower()[1]).isNaN();
        assertThatThrownBy(() -> Chart.Series.ofRepetitions("s", List.of())).hasMessageContaining("series 's'");
    }

    @Test
    void oneSampleDecidesNothing() {
        assertThat(Verdict.of(ABOVE_ONE, Interval.of(100))).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void theIntervalDecidesAndNotTheMean() {
        assertThat(Verdict.of(ABOVE_ONE, new Interval(2, 1.1, 2.9, 5))).isEqualTo(Verdict.HOLDS);
        assertThat(Verdict.of(ABOVE_ONE, new Interval(2, 0.9, 3.1, 5))).isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.of(ABOVE_ONE, new Interval(0, -0.5, 0.5, 5))).isEqualTo(Verdict.FAILS);
        assertThat(Verdict.of(ABOVE_ONE, Interval.exact(1))).isEqualTo(Verdict.FAILS);
        Criterion below = new Criterion("c", "loss", Relation.BELOW, 1);
        assertThat(Verdict.of(below, new Interval(0, -0.5, 0.5, 5))).isEqualTo(Verdict.HOLDS);
        assertThat(Verdict.of(below, new Interval(2, 1.1, 2.9, 5))).isEqualTo(Verdict.FAILS);
    }

    @Test
    void aClaimNeedsAllItsCriteria() {
        Claim claim = Claim.of("id", "x beats y and z").above("y", "y - x", 0).above("z", "z - x", 0);
        Interval good = new Interval(1, 0.5, 1.5, 5);
        Interval bad = new Interval(-1, -1.5, -0.5, 5);
        assertThat(Judgement.of(claim, Map.of("y", good, "z", good)).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(Judgement.of(claim, Map.of("y", good, "z", bad)).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(Judgement.of(claim, Map.of("y", good)).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThatThrownBy(() -> Judgement.of(claim, Map.of("w", good)))
                .hasMessageContaining("no criterion 'w'")
                .hasMessageContaining("[y, z]");
    }

    @Test
    void pairsAreSubtracted() {
        Interval interval = Interval.ofPairedDifference(new double[] {3, 5, 7}, new double[] {1, 3, 5});
        assertThat(interval).isEqualTo(new Interval(2, 2, 2, 3));
        assertThatThrownBy(() -> Interval.ofPairedDifference(new double[2], new double[3]))
                .hasMessageContaining("2 and 3");
    }

    @Test
    void seedsDependOnTheirPathOnly() {
        Seeds seeds = Seeds.root(42).child("trial", 3);
        assertThat(seeds.generator("data").nextLong())
                .isEqualTo(Seeds.root(42).child("trial", 3).generator("data").nextLong());
        assertThat(seeds.child("data")).isNotEqualTo(seeds.child("model"));
        assertThat(seeds.child("data", 0)).isNotEqualTo(seeds.child("data", 1));
        assertThat(Seeds.root(42).child("a").child("b"))
                .isNotEqualTo(Seeds.root(42).child("ab"));
    }
}
