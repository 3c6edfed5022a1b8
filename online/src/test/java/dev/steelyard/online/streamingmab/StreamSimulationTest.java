package dev.steelyard.online.streamingmab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.online.InvalidOutcomeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StreamSimulationTest {

    private static final double[] SIX = {.3, .6, .5, .9, .2, .7};
    private static final StreamScale SCALE = StreamScale.of(6, 6000);

    static final List<Function<StreamScale, Exploration>> ALL = List.of(
            KeepBest::uniform,
            KeepBest::naive,
            Tower::log,
            Tower::logLog,
            Tower::logStar,
            scale -> Tower.theory(scale, .1),
            scale -> new SingleMemory(scale, .1, .25),
            scale -> new GameOfArms(scale, true, 1),
            scale -> new GameOfArms(scale, false, 1));

    private static void check(Exploration exploration, long pulls, double regret) {
        StreamSimulation played = StreamSimulation.run(SCALE, exploration, SIX, (mean, n) -> mean);
        assertThat(played.kept()).as(exploration.name()).isEqualTo(3);
        assertThat(played.explorationPulls()).as(exploration.name()).isEqualTo(pulls);
        assertThat(played.explorationRegret()).as(exploration.name()).isCloseTo(regret, within(.05));
        assertThat(played.regret()).isEqualTo(played.explorationRegret());
    }

    @Test
    void sixArmsByHand() {
        check(KeepBest.uniform(SCALE), 1236, 453.2);
        check(KeepBest.naive(SCALE), 1080, 396.0);
        check(Tower.log(SCALE), 600, 220.0);
        check(Tower.logLog(SCALE), 600, 220.0);
        check(Tower.logStar(SCALE), 1677, 291.8);
        check(new SingleMemory(SCALE, .1, .25), 2161, 616.6);
        check(new GameOfArms(SCALE, false, 1), 860, 268.0);
    }

    @Property(tries = 100)
    void pullsAddUpMemoryIsBoundedAndTheBestIsKeptWithoutNoise(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int arms,
            @ForAll @IntRange(min = 1, max = 3000) int share) {
        double[] means = new Random(seed).doubles(arms).toArray();
        StreamScale scale = StreamScale.of(arms, (long) arms * share);
        int best = 0;
        for (int arm = 1; arm < arms; arm++) {
            best = means[arm] > means[best] ? arm : best;
        }
        for (Function<StreamScale, Exploration> maker : ALL) {
            Exploration exploration = maker.apply(scale);
            StreamSimulation played = StreamSimulation.run(scale, exploration, means, (mean, n) -> mean);
            assertThat(played.explorationPulls()).isBetween(1L, scale.horizon());
            assertThat(played.mostStored()).isLessThanOrEqualTo(exploration.capacity() + 1);
            boolean keepsBest = exploration instanceof KeepBest || exploration instanceof Tower;
            if (keepsBest && played.explorationPulls() < scale.horizon()) {
                assertThat(played.kept()).as(exploration.name()).isEqualTo(best);
            }
            if (arms == 1) {
                assertThat(played.regret()).isZero();
            }
        }
    }

    /** The sixth arm sends the first up a level; the seventh, as good, is left below. The earlier stays. */
    @Test
    void ofEqualArmsTheEarliestIsKept() {
        double[] means = {.9, .1, .1, .1, .1, .1, .9, .1};
        StreamScale scale = StreamScale.of(8, 80_000);
        for (Exploration exploration : List.of(
                KeepBest.uniform(scale),
                KeepBest.naive(scale),
                Tower.log(scale),
                Tower.logLog(scale),
                Tower.logStar(scale))) {
            assertThat(StreamSimulation.run(scale, exploration, means, (mean, n) -> mean)
                            .kept())
                    .as(exploration.name())
                    .isZero();
        }
    }

    /** Which arms the side stream samples follows from its own seed, whatever the rewards; each batch tells its chance. */
    @Test
    void anotherWorldDoesNotChangeTheAlgorithmsDraws() {
        List<List<String>> sampled = new ArrayList<>();
        StreamScale scale = StreamScale.of(200, 200_000);
        for (long world = 0; world < 3; world++) {
            Random rewards = new Random(world);
            GameOfArms game = new GameOfArms(scale, true, 9);
            List<String> side = new ArrayList<>();
            for (int arm = 0; arm < 200; arm++) {
                Optional<Batch> batch = game.offer("arm" + arm);
                while (batch.isPresent()) {
                    Batch out = batch.get();
                    if (out.probability() < 1) {
                        assertThat(out.probability()).isEqualTo(1.5 / Math.log(200));
                        side.add(out.arm());
                    }
                    batch = game.completed(out, rewards.nextDouble());
                }
            }
            sampled.add(side);
        }
        // Of 199 arms a share of .283: 56, standard deviation 6.4.
        assertThat(sampled.getFirst().size()).isBetween(28, 85);
        assertThat(sampled.get(1)).isEqualTo(sampled.getFirst());
        assertThat(sampled.get(2)).isEqualTo(sampled.getFirst());
    }

    @Test
    void theFactorScalesEveryBatch() {
        StreamScale thrice = new StreamScale(6, 6000, SCALE.accuracy(), 3);
        for (Function<StreamScale, Exploration> maker : ALL) {
            long once = maker.apply(SCALE).offer("a").orElseThrow().pulls();
            assertThat(maker.apply(thrice).offer("a").orElseThrow().pulls())
                    .as(maker.apply(thrice).name())
                    .isBetween(3 * once - 3, 3 * once);
        }
    }

    @Test
    void badMeansAreNamedAndChangeNothing() {
        StreamingBandit bandit = new StreamingBandit(SCALE, Tower.logLog(SCALE));
        bandit.offer("a");
        for (double mean : new double[] {Double.NaN, -.1, 1.1}) {
            assertThatThrownBy(() -> bandit.pullBatch((arm, pulls) -> mean))
                    .isInstanceOf(InvalidOutcomeException.class)
                    .hasMessageContaining("arm a");
        }
        assertThat(bandit.pulls()).isZero();
        assertThat(bandit.pullBatch((arm, pulls) -> .5)).isEqualTo(100);
    }

    @Test
    void levelsByHand() {
        assertThat(Tower.iteratedLog(1)).isZero();
        assertThat(Tower.iteratedLog(2)).isEqualTo(1);
        assertThat(Tower.iteratedLog(500)).isEqualTo(3);
        StreamScale large = StreamScale.of(500, 250_000_000);
        assertThat(Tower.log(large).capacity()).isEqualTo(6);
        assertThat(Tower.logLog(large).capacity()).isEqualTo(2);
        assertThat(Tower.logStar(large).capacity()).isEqualTo(4);
        assertThat(Tower.logLog(StreamScale.of(2, 100)).capacity()).isEqualTo(2);
        assertThat(Tower.log(StreamScale.of(1, 100)).capacity()).isEqualTo(1);
    }

    @Test
    void badScalesAreNamed() {
        assertThatThrownBy(() -> StreamScale.of(10, 9)).hasMessageContaining("horizon");
        assertThatThrownBy(() -> StreamScale.of(0, 9)).hasMessageContaining("arms");
        assertThatThrownBy(() -> new StreamScale(2, 10, 0, 1)).hasMessageContaining("accuracy");
        assertThatThrownBy(() -> new StreamScale(2, 10, .1, -1)).hasMessageContaining("factor");
        assertThatThrownBy(() -> new SingleMemory(SCALE, 1, .25)).hasMessageContaining("delta");
        assertThatThrownBy(() -> new SingleMemory(SCALE, .1, -1)).hasMessageContaining("margin");
    }
}
