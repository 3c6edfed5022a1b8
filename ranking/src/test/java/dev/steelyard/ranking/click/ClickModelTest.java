package dev.steelyard.ranking.click;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClickModelTest {

    private static final int SESSIONS = 40_000;
    private static final double[] RELEVANCE = {.5, .5, .5, .5};

    private static double[] frequencies(ClickModel model, double[] relevance) {
        Random random = new Random(1);
        double[] frequencies = new double[relevance.length];
        for (int session = 0; session < SESSIONS; session++) {
            boolean[] clicks = model.clicks(relevance, random);
            for (int k = 0; k < clicks.length; k++) {
                frequencies[k] += clicks[k] ? 1.0 / SESSIONS : 0;
            }
        }
        return frequencies;
    }

    private static void near(double[] measured, double... expected) {
        for (int k = 0; k < expected.length; k++) {
            double error = Math.sqrt(expected[k] * (1 - expected[k]) / SESSIONS);
            assertThat(measured[k]).as("place " + k).isCloseTo(expected[k], within(4 * error + 1e-12));
        }
    }

    @Test
    void positionsAreLookedAtAsMeasured() {
        near(frequencies(ClickModel.positionBased(1), RELEVANCE), .34, .305, .24, .17);
        near(frequencies(ClickModel.positionBased(2), RELEVANCE), .2312, .18605, .1152, .0578);
        near(frequencies(ClickModel.positionBased(0), RELEVANCE), .5, .5, .5, .5);
        near(frequencies(ClickModel.userBrowsing(0), RELEVANCE), .5, .5, .5, .5);
    }

    @Test
    void browsingDependsOnTheLastClick() {
        // Second place: after a click at the first (1/2) column 0 (.98), else column 1 (1).
        near(frequencies(ClickModel.userBrowsing(1), RELEVANCE), .5, .5 * (.5 * .98 + .5));
        assertThat(ExaminationTables.browsing(2, -1, 1)).isEqualTo(.95);
        assertThat(ExaminationTables.browsing(2, 1, 1)).isEqualTo(1);
        assertThat(ExaminationTables.browsing(9, 0, 1)).isEqualTo(.12);
        // Beyond the table a click far above is still a click, not none: .12, and .43 without any.
        assertThat(ExaminationTables.browsing(12, 0, 1)).isEqualTo(.12);
        assertThat(ExaminationTables.browsing(12, 10, 1)).isEqualTo(1);
        assertThat(ExaminationTables.browsing(12, -1, 1)).isEqualTo(.43);
    }

    @Test
    void chainsGoDownTheList() {
        double goesOn = .5 * .9 + .5 * (.6 * .5 + .3 * .5);
        near(frequencies(ClickModel.clickChain(), RELEVANCE), .5, .5 * goesOn, .5 * goesOn * goesOn);
        near(frequencies(ClickModel.cascade(), RELEVANCE), .5, .25, .125, .0625);
        double after = .9 * (.5 + .5 * (1 - .8 * .5));
        near(frequencies(ClickModel.dynamicBayesian(.9, .8), RELEVANCE), .5, .5 * after);
    }

    @Test
    void relevanceByGrade() {
        assertThat(PerceivedRelevance.DEFAULT.of(0)).isCloseTo(.1, within(1e-12));
        assertThat(PerceivedRelevance.DEFAULT.of(1)).isCloseTo(.16, within(1e-12));
        assertThat(PerceivedRelevance.DEFAULT.of(2)).isCloseTo(.28, within(1e-12));
        assertThat(PerceivedRelevance.DEFAULT.of(3)).isCloseTo(.52, within(1e-12));
        assertThat(PerceivedRelevance.DEFAULT.of(4)).isCloseTo(1, within(1e-12));
        assertThatThrownBy(() -> PerceivedRelevance.DEFAULT.of(5)).hasMessageContaining("grade");
        assertThatThrownBy(() -> new PerceivedRelevance(.5, .2, 4)).hasMessageContaining("noise");
    }
}
