package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PanelTest {

    private static final List<Double> SLOPES = List.of(1.0, 1.5, 2.0, 2.5, 6.0);

    private static Panel panel(List<Double> slopes, double alpha, double gamma) {
        List<Dissimilarity> auditors = new ArrayList<>();
        for (double slope : slopes) {
            auditors.add((x, other) -> Math.min(1, slope * Math.abs(x[0] - other[0])));
        }
        return new Panel(auditors, alpha, gamma);
    }

    private record Case(double[][] batch, double[] probabilities) {}

    private static Case draw(long seed) {
        RestorableRandom random = new RestorableRandom(seed);
        double[][] batch = new double[4][];
        double[] probabilities = new double[4];
        for (int i = 0; i < 4; i++) {
            batch[i] = new double[] {random.nextDouble()};
            probabilities[i] = random.nextDouble();
        }
        return new Case(batch, probabilities);
    }

    @Test
    void theQuorumIsRoundedUpButNotByRounding() {
        assertThat(Panel.quorum(5, .6)).isEqualTo(3);
        assertThat(Panel.quorum(5, .61)).isEqualTo(4);
        assertThat(Panel.quorum(5, .2)).isEqualTo(1);
        assertThat(Panel.quorum(10, .3)).isEqualTo(3);
        assertThat(Panel.quorum(5, 1)).isEqualTo(5);
        assertThat(Panel.quorum(3, 1e-15)).isEqualTo(1);
    }

    @Test
    void theQuorumsMemberDecides() {
        assertThat(panel(SLOPES, .2, .6).dissimilarity(new double[] {.1}, new double[] {.2}))
                .isCloseTo(.2, within(1e-12));
    }

    @Property(tries = 200)
    void aPairIsReportedIffEnoughObject(@ForAll long seed, @ForAll @DoubleRange(min = .01, max = 1) double gamma) {
        Case drawn = draw(seed);
        Panel panel = panel(SLOPES, .1, gamma);
        List<Objection> objections = panel.objections(drawn.batch(), drawn.probabilities());
        long most = objections.stream()
                .map(Objection::pair)
                .distinct()
                .mapToLong(pair ->
                        objections.stream().filter(o -> o.pair().equals(pair)).count())
                .max()
                .orElse(0);
        assertThat(panel.audit(drawn.batch(), drawn.probabilities()).isPresent())
                .isEqualTo(most >= Panel.quorum(5, gamma));
    }

    @Property(tries = 100)
    void theOrderOfAuditorsIsNoMatterAndStricterPanelsReportMore(@ForAll long seed) {
        Case drawn = draw(seed);
        List<Double> permuted = new ArrayList<>(SLOPES);
        Collections.shuffle(permuted, new java.util.Random(seed));
        Optional<OrderedPair> reported = panel(SLOPES, .1, .6).audit(drawn.batch(), drawn.probabilities());
        assertThat(panel(permuted, .1, .6).audit(drawn.batch(), drawn.probabilities()))
                .isEqualTo(reported);
        if (reported.isPresent()) {
            assertThat(panel(SLOPES, .1, .4).audit(drawn.batch(), drawn.probabilities()))
                    .isPresent();
            assertThat(panel(SLOPES, .05, .6).audit(drawn.batch(), drawn.probabilities()))
                    .isPresent();
        }
    }

    @Test
    void aPanelOfOneIsItsAuditor() {
        double[][] batch = {{0}, {.1}};
        assertThat(panel(List.of(1.0), .05, 1).audit(batch, new double[] {.8, .6}))
                .contains(new OrderedPair(0, 1));
        assertThat(panel(List.of(1.0), .15, 1).audit(batch, new double[] {.8, .6}))
                .isEmpty();
    }

    @Test
    void badPanelsAreNamed() {
        assertThatThrownBy(() -> panel(SLOPES, -.1, 1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> panel(SLOPES, .1, 0)).hasMessageContaining("gamma");
        assertThatThrownBy(() -> panel(SLOPES, .1, 1.1)).hasMessageContaining("gamma");
        assertThatThrownBy(() -> panel(List.of(), .1, 1)).hasMessageContaining("at least one auditor");
        double[][] batch = {{0}, {1}};
        assertThatThrownBy(() ->
                        new Panel(List.of((x, other) -> 2), .1, 1).dissimilarity(new double[] {0}, new double[] {1}))
                .hasMessageContaining("auditor 0");
        assertThatThrownBy(() -> new Panel(List.of((x, other) -> .5), .1, 1).audit(batch, new double[] {1, 0}))
                .hasMessageContaining("itself");
        assertThatThrownBy(() -> panel(SLOPES, .1, 1).audit(batch, new double[] {1, 1.5}))
                .hasMessageContaining("instance 1");
    }

    @Test
    void theReportCountsViolationsForAnyGamma() {
        FairnessReport report = new FairnessReport(2);
        OrderedPair pair = new OrderedPair(0, 1);
        report.add(List.of(new Objection(pair, 0), new Objection(new OrderedPair(1, 0), 1)), .2);
        report.add(List.of(new Objection(pair, 0), new Objection(pair, 1)), .4);
        assertThat(report.frontier(.5, 1))
                .containsExactly(
                        new FairnessReport.Point(.5, report.error(), 1),
                        new FairnessReport.Point(1, report.error(), .5));
        assertThat(report.error()).isCloseTo(.3, within(1e-12));
        assertThat(report.violationRate(1, 1)).isEqualTo(1);
    }
}
