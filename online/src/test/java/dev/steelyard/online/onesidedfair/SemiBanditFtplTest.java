package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often each hypothesis is drawn, against the law of the noise: by a closed form and by numeric integration. */
class SemiBanditFtplTest {

    private static final int DRAWS = 40_000;

    /** P(Z > z) for the difference Z of two Laplace variables of scale b. */
    private static double above(double z, double b) {
        double tail = (2 + Math.abs(z) / b) * Math.exp(-Math.abs(z) / b) / 4;
        return z >= 0 ? tail : 1 - tail;
    }

    private static double density(double z, double b) {
        return (1 + Math.abs(z) / b) * Math.exp(-Math.abs(z) / b) / (4 * b);
    }

    private static void near(int count, double probability, String what) {
        double error = Math.sqrt(probability * (1 - probability) / DRAWS);
        assertThat(count / (double) DRAWS).as(what).isCloseTo(probability, within(4.5 * error + 1e-9));
    }

    /** All or none over one point: all is drawn if its summed cost and the noise together are below 0. */
    @Test
    void twoConstantsAreDrawnByTheTailOfTheNoise() {
        List<Hypothesis> constants = List.of(new Hypothesis.Constant(true), new Hypothesis.Constant(false));
        double[] x = {0};
        for (double scale : new double[] {.5, 3}) {
            for (double cost : new double[] {-2, 0, .7, 4}) {
                SemiBanditFtpl engine =
                        new SemiBanditFtpl(new ListOracle(constants), new double[][] {x}, new FtplOptions(1, 1, scale));
                engine.begin(10, 1, 0);
                // In pieces, with what rejecting costs on the other side.
                engine.learn(x, cost / 2 + 1, 1);
                engine.learn(x, cost / 2, 0);
                RestorableRandom random = new RestorableRandom(3);
                int accepted = 0;
                for (int draw = 0; draw < DRAWS; draw++) {
                    accepted += engine.play(new double[][] {x}, Drawing.PER_BATCH, random)
                                    .accepted()[0]
                            ? 1
                            : 0;
                }
                near(accepted, above(cost, scale), "cost " + cost + ", scale " + scale);
            }
        }
    }

    /** Three thresholds that two points separate, by integrating over the noise of both. */
    @Test
    void threeThresholdsAreDrawnByTheNoiseOfBothPoints() {
        List<Hypothesis> thresholds = List.of(
                new Hypothesis.Stump(0, 0, true), new Hypothesis.Stump(0, 1, true), new Hypothesis.Stump(0, 2, true));
        double[][] separator = {{.5}, {1.5}};
        double scale = 1.5;
        // Costs of accepting beyond rejecting at each point, which the thresholds accept: both, the second, none.
        double first = .8;
        double second = -1.1;
        double[] expected = new double[3];
        double step = .02;
        for (double u = -30 + step / 2; u < 30; u += step) {
            for (double v = -30 + step / 2; v < 30; v += step) {
                double both = first + u + second + v;
                double one = second + v;
                int best = both <= Math.min(one, 0) ? 0 : one <= 0 ? 1 : 2;
                expected[best] += density(u, scale) * density(v, scale) * step * step;
            }
        }
        assertThat(expected[0] + expected[1] + expected[2]).isCloseTo(1, within(1e-3));
        SemiBanditFtpl engine = new SemiBanditFtpl(new ListOracle(thresholds), separator, new FtplOptions(1, 1, scale));
        engine.begin(10, 2, 0);
        engine.learn(separator[0], first, 0);
        engine.learn(separator[1], 0, -second);
        RestorableRandom random = new RestorableRandom(4);
        int[] counts = new int[3];
        for (int draw = 0; draw < DRAWS; draw++) {
            boolean[] accepted =
                    engine.play(separator, Drawing.PER_BATCH, random).accepted();
            counts[accepted[0] ? 0 : accepted[1] ? 1 : 2]++;
        }
        for (int h = 0; h < 3; h++) {
            near(counts[h], expected[h], "threshold " + h);
        }
    }

    /** Where a case is accepted with probability p, the count of fresh draws has the mean (1 - (1 - p)^L)/p. */
    @Test
    void resamplingCountsDrawsOfTheSameLaw() {
        List<Hypothesis> constants = List.of(new Hypothesis.Constant(true), new Hypothesis.Constant(false));
        double[] x = {0};
        int cap = 5;
        SemiBanditFtpl engine =
                new SemiBanditFtpl(new ListOracle(constants), new double[][] {x}, new FtplOptions(1, cap, 1));
        engine.begin(10, 1, 0);
        engine.learn(x, 1.2, 0);
        double p = above(1.2, 1);
        RestorableRandom random = new RestorableRandom(5);
        List<Double> draws = new ArrayList<>();
        for (int play = 0; play < DRAWS; play++) {
            FairEngine.Play played = engine.play(new double[][] {x}, Drawing.PER_BATCH, random);
            if (played.accepted()[0]) {
                draws.add(played.inverseOne()[0]);
            }
        }
        double mean = draws.stream().mapToDouble(d -> d).average().orElseThrow();
        double expected = (1 - Math.pow(1 - p, cap)) / p;
        assertThat(mean).isCloseTo(expected, within(4.5 * 2 / Math.sqrt(draws.size())));
        assertThat(SemiBanditFtpl.expectedDraws(p, cap)).isCloseTo(expected, within(1e-12));
    }

    /** The policy that the panel sees is the mean of the deployed draws, of which one is played. */
    @Test
    void theDeployedPolicyIsUnbiasedAndPlayedAsShown() {
        List<Hypothesis> constants = List.of(new Hypothesis.Constant(true), new Hypothesis.Constant(false));
        double[] x = {0};
        SemiBanditFtpl engine =
                new SemiBanditFtpl(new ListOracle(constants), new double[][] {x}, new FtplOptions(10, 1, 1));
        engine.begin(10, 1, 0);
        engine.learn(x, .5, 0);
        RestorableRandom random = new RestorableRandom(6);
        double shown = 0;
        int accepted = 0;
        int plays = DRAWS / 4;
        for (int play = 0; play < plays; play++) {
            FairEngine.Play played = engine.play(new double[][] {x}, Drawing.PER_BATCH, random);
            double probability = played.probabilities()[0];
            assertThat(probability * 10).isCloseTo(Math.rint(probability * 10), within(1e-9));
            assertThat(played.propensity())
                    .isCloseTo(played.accepted()[0] ? probability : 1 - probability, within(1e-12));
            shown += probability / plays;
            accepted += played.accepted()[0] ? 1 : 0;
        }
        double p = above(.5, 1);
        assertThat(shown).isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / (10.0 * plays))));
        assertThat(accepted / (double) plays).isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / plays)));
    }

    @Test
    void theDefaultNoiseByHand() {
        // sqrt(8000 (4 + 2 * 3)) / 6 and 40 draws, 40 resamples.
        assertThat(FtplOptions.noise(8000, 4, 3)).isCloseTo(Math.sqrt(80_000) / 6, within(1e-9));
        assertThat(FtplOptions.DEFAULT.draws()).isEqualTo(40);
        assertThat(FtplOptions.DEFAULT.resamplingCap()).isEqualTo(40);
    }
}
