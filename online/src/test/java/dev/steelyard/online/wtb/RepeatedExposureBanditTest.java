package dev.steelyard.online.wtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.wtb.RepeatedExposureBandit.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RepeatedExposureBanditTest extends OnlineLearnerContract<Void, Integer, Double> {

    @Override
    protected OnlineLearner<Void, Integer, Double> learner(long seed) {
        return new RepeatedExposureBandit(RepeatedExposureOptions.of(3, 100, 4));
    }

    @Override
    protected Void context(int round) {
        return null;
    }

    @Override
    protected Double outcome(int round, Integer action) {
        return (action + round % 2) / 4.0;
    }

    @Override
    protected Double invalidOutcome() {
        return 1.5;
    }

    private static TallyingEnvironment noiseFree(MemoryWeights weights, ExposureCurve... curves) {
        return new TallyingEnvironment(
                List.of(curves), weights, TallyingEnvironment.Noise.none(), new RestorableRandom(1));
    }

    private static double play(RepeatedExposureBandit bandit, TallyingEnvironment world, int plays) {
        double sum = 0;
        for (int t = 0; t < plays; t++) {
            Decision<Integer> decision = bandit.decide();
            double loss = world.respond(decision.action());
            sum += loss;
            bandit.feedback(decision.id(), loss);
        }
        return sum;
    }

    /** All arms come back while the first one's memory is being loaded: its burn-in is not over by that. */
    @Test
    void anArmInTheMidstOfItsBurnInIsNotLoaded() {
        RepeatedExposureBandit bandit =
                new RepeatedExposureBandit(RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(2, 100, 5))
                        .skipBurnIn(true)
                        .reopenEvery(3)
                        .build());
        for (int t = 0; t < 3; t++) {
            bandit.feedback(bandit.decide().id(), .5);
        }
        bandit.decide();
        assertThat(bandit.phase()).isEqualTo(Phase.BURN_IN);
    }

    @Test
    void twoArmsByHand() {
        RepeatedExposureBandit bandit =
                new RepeatedExposureBandit(RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(2, 40, 2))
                        .delta(.1)
                        .scale(.25)
                        .build());
        TallyingEnvironment world =
                noiseFree(MemoryWeights.uniform(2), ExposureCurve.ramp(.9, .1, 2), ExposureCurve.constant(.4));
        double loss = 0;
        int[] ends = {8, 20, 40};
        double[] radii = {.2894152271, .1670939593, .1093886738};
        int played = 0;
        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(bandit.epoch()).isEqualTo(epoch + 1);
            loss += play(bandit, world, ends[epoch] - played);
            played = ends[epoch];
            assertThat(bandit.epoch()).isEqualTo(epoch + 2);
            assertThat(bandit.mean(0)).isCloseTo(.1, within(1e-12));
            assertThat(bandit.mean(1)).isCloseTo(.4, within(1e-12));
            assertThat(bandit.radius(0)).isCloseTo(radii[epoch], within(5e-11));
            assertThat(bandit.activeArms()).isEqualTo(epoch < 2 ? new int[] {0, 1} : new int[] {0});
        }
        assertThat(loss).isCloseTo(11.8, within(1e-9));
        assertThat(bandit.recommendation()).isZero();
        assertThat(bandit.phase()).isEqualTo(Phase.COMMITTED);
    }

    @Property(tries = 50)
    void epochsHaveTheirLengths(@ForAll @IntRange(min = 2, max = 5) int arms, @ForAll @IntRange(max = 6) int memory) {
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(RepeatedExposureOptions.of(arms, 1_000_000, memory));
        for (int epoch = 1; epoch <= 4; epoch++) {
            for (int arm = 0; arm < arms; arm++) {
                for (int k = 0; k < memory + (1 << epoch); k++) {
                    assertThat(bandit.phase()).isEqualTo(k < memory ? Phase.BURN_IN : Phase.RECORD);
                    Decision<Integer> decision = bandit.decide();
                    assertThat(decision.action()).isEqualTo(arm);
                    bandit.feedback(decision.id(), .5);
                }
            }
            assertThat(bandit.epoch()).isEqualTo(epoch + 1);
        }
    }

    /** Losses of burn-in plays are 1, all others 0: none of the former may count. */
    @Test
    void burnInIsNeverRecorded() {
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(RepeatedExposureOptions.of(3, 5000, 7));
        for (int t = 0; t < 2000; t++) {
            boolean burnIn = bandit.phase() == Phase.BURN_IN;
            bandit.feedback(bandit.decide().id(), burnIn ? 1.0 : 0.0);
        }
        for (int arm = 0; arm < 3; arm++) {
            assertThat(bandit.recorded(arm)).isPositive();
            assertThat(bandit.mean(arm)).isZero();
        }
    }

    @Test
    void withoutMemoryItIsSuccessiveEliminationWithGrowingWindows() {
        double[] losses = {.2, .8, .25};
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(
                RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(3, 20_000, 0))
                        .delta(.1)
                        .build());
        RestorableRandom random = new RestorableRandom(3);
        List<Integer> active = new ArrayList<>(List.of(0, 1, 2));
        double[] sums = new double[3];
        long[] counts = new long[3];
        double logTerm = Math.log(2 * 3 * Math.log(20_000) / Math.log(2) / .1);
        for (int s = 1; active.size() > 1 && s < 12; s++) {
            for (int arm : active) {
                for (int k = 0; k < 1 << s; k++) {
                    Decision<Integer> decision = bandit.decide();
                    assertThat(decision.action()).isEqualTo(arm);
                    double loss = random.nextDouble() < losses[arm] ? 1 : 0;
                    bandit.feedback(decision.id(), loss);
                    sums[arm] += loss;
                    counts[arm]++;
                }
            }
            double lowest = active.stream()
                    .mapToDouble(a -> sums[a] / counts[a] + Math.sqrt(logTerm / (2 * counts[a])))
                    .min()
                    .orElseThrow();
            active.removeIf(a -> sums[a] / counts[a] - Math.sqrt(logTerm / (2 * counts[a])) > lowest);
            assertThat(bandit.activeArms())
                    .isEqualTo(active.stream().mapToInt(a -> a).toArray());
        }
    }

    @Test
    void theBestPlateauSurvives() {
        int dropped = 0;
        int runs = 1000;
        double delta = .1;
        for (int seed = 0; seed < runs; seed++) {
            RepeatedExposureBandit bandit = new RepeatedExposureBandit(
                    RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(3, 600, 2))
                            .delta(delta)
                            .build());
            TallyingEnvironment world = new TallyingEnvironment(
                    List.of(ExposureCurve.ramp(.9, .3, 2), ExposureCurve.constant(.4), ExposureCurve.ramp(.2, .8, 2)),
                    MemoryWeights.uniform(2),
                    TallyingEnvironment.Noise.bernoulli(),
                    new RestorableRandom(seed));
            play(bandit, world, 600);
            dropped += Arrays.stream(bandit.activeArms()).anyMatch(arm -> arm == 0) ? 0 : 1;
        }
        assertThat(dropped).isLessThanOrEqualTo((int) (delta * runs + 3 * Math.sqrt(runs * delta * (1 - delta))));
    }

    @Test
    void lateLossesBelongToTheirPlays() {
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(RepeatedExposureOptions.of(2, 1000, 1));
        long burnIn = bandit.decide().id();
        long first = bandit.decide().id();
        long second = bandit.decide().id();
        // The window is decided but its losses are out: the arm is played on.
        Decision<Integer> waiting = bandit.decide();
        assertThat(waiting.action()).isZero();
        bandit.feedback(waiting.id(), 1.0);
        bandit.feedback(second, .25);
        assertThat(bandit.recorded(0)).isEqualTo(1);
        bandit.expire(first);
        assertThat(bandit.decide().action()).isEqualTo(1);
        bandit.feedback(burnIn, 1.0);
        assertThat(bandit.mean(0)).isEqualTo(.25);
    }

    @Test
    void afterAGapTheMemoryIsLoadedAgain() {
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(RepeatedExposureOptions.of(2, 1000, 3));
        for (int t = 0; t < 4; t++) {
            bandit.feedback(bandit.decide().id(), .5);
        }
        assertThat(bandit.phase()).isEqualTo(Phase.RECORD);
        bandit.gap();
        assertThat(bandit.phase()).isEqualTo(Phase.BURN_IN);
        for (int t = 0; t < 3; t++) {
            bandit.feedback(bandit.decide().id(), 1.0);
        }
        assertThat(bandit.recorded(0)).isEqualTo(1);
        bandit.feedback(bandit.decide().id(), .5);
        assertThat(bandit.decide().action()).isEqualTo(1);
    }

    @Test
    void shortcutsSaveBurnIn() {
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(
                RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(2, 1000, 5))
                        .skipBurnIn(true)
                        .epochOrder(EpochOrder.PREVIOUS_ARM_FIRST)
                        .build());
        for (int t = 0; t < 2 * (5 + 2); t++) {
            bandit.feedback(bandit.decide().id(), .5);
        }
        assertThat(bandit.epoch()).isEqualTo(2);
        assertThat(bandit.activeArms()).containsExactly(1, 0);
        bandit.feedback(bandit.decide().id(), .5);
        assertThat(bandit.recorded(1)).isEqualTo(3);
    }

    /** 600 seeds: every order of the three arms comes about as often, and only a turn's first play is drawn. */
    @Test
    void randomOrdersAreUniform() {
        Map<String, Integer> orders = new HashMap<>();
        for (int seed = 0; seed < 600; seed++) {
            RepeatedExposureBandit bandit = new RepeatedExposureBandit(
                    RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(3, 1000, 1))
                            .epochOrder(EpochOrder.RANDOM)
                            .build(),
                    seed);
            StringBuilder order = new StringBuilder();
            for (int turn = 0; turn < 3; turn++) {
                assertThat(bandit.turn()).isEqualTo(new ExposureTurn(turn, -1, Phase.BURN_IN, 1, 2));
                Decision<Integer> first = bandit.decide();
                assertThat(first.propensity()).isEqualTo(1.0 / (3 - turn));
                order.append(first.action());
                bandit.feedback(first.id(), .5);
                assertThat(bandit.turn()).isEqualTo(new ExposureTurn(turn, first.action(), Phase.RECORD, 1, 2));
                for (int play = 0; play < 2; play++) {
                    Decision<Integer> next = bandit.decide();
                    assertThat(next.action()).isEqualTo(first.action());
                    assertThat(next.propensity()).isEqualTo(1);
                    bandit.feedback(next.id(), .5);
                }
            }
            orders.merge(order.toString(), 1, Integer::sum);
        }
        assertThat(orders).hasSize(6);
        // 100 each, standard deviation 9.1.
        assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(63, 137));
    }

    @Property(tries = 60)
    void playsAreNeverMoreThanAskedAndTheActiveArmsOnlyShrink(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int arms, @ForAll @IntRange(max = 5) int memory) {
        int horizon = 400;
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(
                RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(arms, horizon, memory))
                        .scale(.3)
                        .build());
        RestorableRandom random = new RestorableRandom(seed);
        int left = arms;
        for (int t = 0; t < horizon; t++) {
            Decision<Integer> decision = bandit.decide();
            assertThat(bandit.activeArms()).contains(decision.action());
            bandit.feedback(decision.id(), random.nextDouble() < .2 * decision.action() ? 1.0 : 0.0);
            assertThat(bandit.activeArms().length).isBetween(1, left);
            left = bandit.activeArms().length;
        }
        assertThat(bandit.plays()).isEqualTo(horizon);
        assertThat(bandit.phase()).isEqualTo(Phase.COMMITTED);
        long recorded = 0;
        for (int arm = 0; arm < arms; arm++) {
            recorded += bandit.recorded(arm);
        }
        assertThat(recorded).isLessThanOrEqualTo(horizon);
    }

    @Test
    void theVarianceAwareRadiusIsSmallerWhereLossesHardlyScatter() {
        RepeatedExposureOptions plain = RepeatedExposureOptions.of(2, 100_000, 0);
        RepeatedExposureBandit narrow = new RepeatedExposureBandit(RepeatedExposureOptionsBuilder.builder(plain)
                .varianceAware(true)
                .build());
        RepeatedExposureBandit wide = new RepeatedExposureBandit(plain);
        for (int t = 0; t < 8000; t++) {
            narrow.feedback(narrow.decide().id(), .5);
            wide.feedback(wide.decide().id(), .5);
        }
        assertThat(narrow.radius(0)).isLessThan(wide.radius(0) / 2);
    }

    @Test
    void armsComeBackAndShortMemoryIsSuspected() {
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(
                RepeatedExposureOptionsBuilder.builder(RepeatedExposureOptions.of(2, 100_000, 0))
                        .reopenEvery(4000)
                        .build());
        TallyingEnvironment world =
                noiseFree(MemoryWeights.uniform(200), ExposureCurve.ramp(.9, .1, 200), ExposureCurve.constant(.5));
        play(bandit, world, 3999);
        assertThat(bandit.suspectsLongerMemory()).isTrue();
        play(bandit, world, 2);
        assertThat(bandit.activeArms()).hasSize(2);
        assertThat(bandit.epoch()).isEqualTo(1);
    }

    /** Ten arms, gap .2, T = 40,000: some 815 recorded plays an arm, nine epochs, burn-in of 90 M at most. */
    @Test
    void aPlanByHand() {
        ExposurePlan plan = ExposurePlan.of(RepeatedExposureOptions.of(10, 40_000, 20), .2);
        double log = Math.log(2 * 10 * Math.log(40_000) / Math.log(2) * 40_000);
        assertThat(plan.recorded()).isEqualTo((long) Math.ceil(2 * log / .04)).isBetween(810L, 820L);
        assertThat(plan.epochs()).isEqualTo(9);
        assertThat(plan.burnIn()).isEqualTo(90 * 20);
        assertThat(plan.plays()).isEqualTo(90 * 20 + 10 * 1022);
        assertThatThrownBy(() -> ExposurePlan.of(RepeatedExposureOptions.of(2, 10, 1), 0))
                .hasMessageContaining("gap");
    }

    /** Without noise the arms part in the planned epoch, and not in the one before. */
    @Property(tries = 40)
    void aPlanIsKeptWithoutNoise(
            @ForAll @IntRange(min = 2, max = 6) int arms,
            @ForAll @IntRange(max = 8) int memory,
            @ForAll @IntRange(min = 1, max = 9) int tenths) {
        RepeatedExposureOptions options = RepeatedExposureOptions.of(arms, 1_000_000, memory);
        ExposurePlan plan = ExposurePlan.of(options, tenths / 10.0);
        RepeatedExposureBandit bandit = new RepeatedExposureBandit(options);
        while (bandit.activeArms().length == arms) {
            Decision<Integer> decision = bandit.decide();
            bandit.feedback(decision.id(), decision.action() == 0 ? 0 : tenths / 10.0);
        }
        assertThat(bandit.epoch() - 1).isEqualTo(plan.epochs());
        assertThat(bandit.plays()).isEqualTo(plan.plays());
        assertThat(bandit.activeArms()).containsExactly(0);
    }

    @Test
    void oneArmIsPlayedAndBadOptionsAreNamed() {
        RepeatedExposureBandit single = new RepeatedExposureBandit(RepeatedExposureOptions.of(1, 10, 3));
        assertThat(single.phase()).isEqualTo(Phase.COMMITTED);
        assertThat(single.decide().action()).isZero();
        RepeatedExposureOptions good = RepeatedExposureOptions.of(2, 100, 1);
        assertThatThrownBy(() -> RepeatedExposureOptions.of(0, 10, 1)).hasMessageContaining("arms");
        assertThatThrownBy(() -> RepeatedExposureOptions.of(2, 10, -1)).hasMessageContaining("memory");
        assertThatThrownBy(() ->
                        RepeatedExposureOptionsBuilder.builder(good).delta(0).build())
                .hasMessageContaining("delta");
        assertThatThrownBy(() ->
                        RepeatedExposureOptionsBuilder.builder(good).scale(0).build())
                .hasMessageContaining("scale");
    }
}
