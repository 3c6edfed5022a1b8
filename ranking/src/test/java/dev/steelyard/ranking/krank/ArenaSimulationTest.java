package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.Rating;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArenaSimulationTest {

    @Test
    void rankErrorByHand() {
        KRank model = new KRank(KRankOptions.paper());
        model.add("a", new Rating(10, 1));
        model.add("b", new Rating(30, 1));
        model.add("c", new Rating(20, 1));
        assertThat(ArenaSimulation.rankError(model, List.of("b", "c", "a"))).isZero();
        assertThat(ArenaSimulation.rankError(model, List.of("c", "b", "a"))).isEqualTo(2.0 / 3);
        assertThat(ArenaSimulation.rankError(model, List.of("a", "c", "b"))).isEqualTo(8.0 / 3);
        assertThatThrownBy(() -> ArenaSimulation.rankError(model, List.of("a")))
                .hasMessageContaining("has 1 items, the pool 3");
    }

    @Test
    void settlingIsForGood() {
        SettlingTime time = new SettlingTime(1);
        for (double value : new double[] {5, 1, 0, 2, 1, 0}) {
            time.add(value);
        }
        assertThat(time.isSettled()).isTrue();
        assertThat(time.steps()).isEqualTo(5);
        time.add(Double.NaN);
        assertThat(time.isSettled()).isFalse();
        assertThat(time.steps()).isEqualTo(7);
    }

    @Test
    void twentyItemsSettle() {
        List<String> order = new ArrayList<>();
        KRank model = new KRank(KRankOptions.paper());
        for (int i = 0; i < 20; i++) {
            order.add("m" + i);
            model.add("m" + i);
        }
        Collections.shuffle(order, new Random(4));
        ArenaSimulation arena = new ArenaSimulation(
                model,
                new KRankMatchmaker(MatchmakerOptions.defaults(), 2),
                new TrueOrderVoter(order, 0, new Random(3)),
                4);
        for (int i = 0; i < 600; i++) {
            arena.step();
        }
        assertThat(ArenaSimulation.rankError(model, order)).isZero();
        assertThat(model.leaderboard().convergence().meanConfidence()).isGreaterThan(0.5);
    }

    /**
     * Under its own voters the intervals of differences of skills hold them nearly as often as they say. The common level
     * of all skills is not told by comparisons, and beliefs that are kept apart do not know that.
     */
    @Test
    void expectationPropagationIsNearlyCalibrated() {
        Random random = new Random(8);
        int held = 0;
        int all = 0;
        for (int world = 0; world < 40; world++) {
            Map<String, Double> skills = new TreeMap<>();
            KRank model = new KRank(KRankOptions.defaults().withRule(new ExpectationPropagation(0, 0.1)));
            for (int i = 0; i < 10; i++) {
                skills.put("m" + i, 25 + 25.0 / 3 * random.nextGaussian());
                model.add("m" + i);
            }
            double margin = ExpectationPropagation.deployed().drawMargin(25.0 / 6);
            ThurstoneVoter voter = new ThurstoneVoter(skills, 25.0 / 6, margin, random);
            List<String> items = new ArrayList<>(skills.keySet());
            for (int i = 0; i < 30; i++) {
                Collections.shuffle(items, random);
                model.record(voter.vote("m", items.subList(0, 4)));
            }
            for (int i = 0; i < 10; i += 2) {
                Rating first = model.rating("m" + i);
                Rating second = model.rating("m" + (i + 1));
                double expected = first.mean() - second.mean();
                double half = 1.96 * Math.hypot(first.deviation(), second.deviation());
                double actual = skills.get("m" + i) - skills.get("m" + (i + 1));
                held += Math.abs(actual - expected) < half ? 1 : 0;
                all++;
            }
        }
        assertThat((double) held / all).isBetween(0.85, 0.99);
    }

    @Test
    void votersAreAsDescribed() {
        TrueOrderVoter voter = new TrueOrderVoter(List.of("a", "b", "c"), 0.3, new Random(1));
        int right = 0;
        for (int i = 0; i < 1000; i++) {
            Ballot ballot = voter.vote("m", List.of("c", "a", "b"));
            right += ballot.items().equals(List.of("a", "b", "c")) ? 1 : 0;
        }
        // 0.7 and a sixth of 0.3.
        assertThat(right).isBetween(700, 800);
        assertThatThrownBy(() -> new TrueOrderVoter(List.of("a"), 2, new Random()))
                .hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> new TrueOrderVoter(List.of("a"), 0, new Random(1)).vote("m", List.of("x", "a")))
                .hasMessageContaining("does not hold 'x'");
        ThurstoneVoter tying = new ThurstoneVoter(Map.of("a", 1.0, "b", 2.0), 1, 1000, new Random(1));
        assertThat(tying.vote("m", List.of("a", "b")).ranks()).containsExactly(0, 0);
    }
}
