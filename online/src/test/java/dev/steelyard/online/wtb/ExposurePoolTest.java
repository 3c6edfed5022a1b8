package dev.steelyard.online.wtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.online.Decision;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExposurePoolTest {

    private static final RepeatedExposureOptions OPTIONS = RepeatedExposureOptions.of(3, 5_000, 4);

    private static double loss(int arm) {
        return .2 + .3 * arm;
    }

    private static void play(RepeatedExposureBandit bandit, int plays) {
        for (int t = 0; t < plays; t++) {
            Decision<Integer> decision = bandit.decide();
            bandit.feedback(decision.id(), loss(decision.action()));
        }
    }

    @Property(tries = 30)
    void lossesAreCountedTogetherAndEachUserLoadsItsOwnMemory(
            @ForAll @IntRange(min = 1, max = 5) int users, @ForAll long seed) {
        ExposurePool pool = new ExposurePool(OPTIONS, 1);
        Random random = new Random(seed);
        long[] counts = new long[3];
        double[] sums = new double[3];
        for (int t = 0; t < 200; t++) {
            RepeatedExposureBandit bandit = pool.user("user" + random.nextInt(users));
            boolean counted = bandit.phase() == RepeatedExposureBandit.Phase.RECORD;
            Decision<Integer> decision = bandit.decide();
            double loss = random.nextDouble();
            bandit.feedback(decision.id(), loss);
            if (counted) {
                counts[decision.action()]++;
                sums[decision.action()] += loss;
            }
        }
        for (int arm = 0; arm < 3; arm++) {
            assertThat(pool.recorded(arm)).isEqualTo(counts[arm]);
            if (counts[arm] > 0) {
                assertThat(pool.mean(arm)).isCloseTo(sums[arm] / counts[arm], within(1e-12));
            }
        }
        assertThat(pool.users().size()).isLessThanOrEqualTo(users);
    }

    @Test
    void aPoolOfOneIsABanditOfItsOwn() {
        ExposurePool pool = new ExposurePool(OPTIONS, 1);
        RepeatedExposureBandit alone = new RepeatedExposureBandit(OPTIONS);
        for (int t = 0; t < 2_000; t++) {
            Decision<Integer> expected = alone.decide();
            assertThat(pool.user("only").decide()).isEqualTo(expected);
            alone.feedback(expected.id(), loss(expected.action()));
            pool.user("only").feedback(expected.id(), loss(expected.action()));
        }
        assertThat(pool.radius(0)).isEqualTo(alone.radius(0));
    }

    @Test
    void fourUsersAreSureSoonerThanOneAndNewcomersProfit() {
        int plays = 700;
        RepeatedExposureBandit alone = new RepeatedExposureBandit(OPTIONS);
        play(alone, plays);
        ExposurePool pool = new ExposurePool(OPTIONS, 1);
        for (int user = 0; user < 4; user++) {
            play(pool.user("user" + user), plays);
        }
        assertThat(pool.user("user3").activeArms()).hasSizeLessThan(alone.activeArms().length);
        assertThat(pool.user("late").activeArms()).isEqualTo(pool.user("user3").activeArms());
        assertThat(pool.user("late").activeArms()).contains(0);
        pool.reopen();
        assertThat(pool.user("late").activeArms()).hasSize(3);
        assertThat(pool.user("user0").activeArms()).hasSize(3);
        assertThat(pool.recorded(0)).isZero();
    }

    @Test
    void goesOnWhereItStopped() {
        ExposurePool pool = new ExposurePool(OPTIONS, 1);
        play(pool.user("a"), 37);
        play(pool.user("b"), 101);
        ExposurePool restored = new ExposurePool(OPTIONS, 1);
        restored.restore(State.fromJson(pool.snapshot().toJson()));
        assertThat(restored.snapshot()).isEqualTo(pool.snapshot());
        for (String user : List.of("a", "b", "c")) {
            play(pool.user(user), 300);
            play(restored.user(user), 300);
        }
        assertThat(restored.snapshot()).isEqualTo(pool.snapshot());
        assertThatThrownBy(() -> pool.restore(State.of("another"))).isInstanceOf(StateException.class);
        assertThat(restored.snapshot()).isEqualTo(pool.snapshot());
    }

    @Test
    void armsDoNotComeBackUserByUser() {
        RepeatedExposureOptions reopening =
                RepeatedExposureOptionsBuilder.builder(OPTIONS).reopenEvery(10).build();
        assertThatThrownBy(() -> new ExposurePool(reopening, 1)).hasMessageContaining("reopenEvery");
    }
}
