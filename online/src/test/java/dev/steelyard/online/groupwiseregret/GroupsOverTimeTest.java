package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Groups that appear, are forgotten, begin anew, are permuted; and what holds in every round. */
class GroupsOverTimeTest {

    private static final GroupTask<Double, Double> UNIT = GroupTask.squaredLoss(0, 1);

    private static GroupwiseLearner<Double, Double> learner(GroupwiseOptions options) {
        return new GroupwiseLearner<>(options, g -> new OnlineRidge(2, 1), UNIT, 1);
    }

    private static GroupwiseOptions growing(int groups) {
        return GroupwiseOptionsBuilder.builder(GroupwiseOptions.of(groups))
                .mode(PredictionMode.AVERAGE)
                .growing(true)
                .build();
    }

    private static GroupedExample<Double> example(Random random, int... groups) {
        return new GroupedExample<>(new GroupedInstance(random.doubles(2).toArray(), groups), random.nextDouble());
    }

    /** A group that appears late is as if it had slept until then. */
    @Test
    void aNewGroupIsOneThatSlept() {
        GroupwiseLearner<Double, Double> grown = learner(growing(1));
        GroupwiseLearner<Double, Double> known = learner(growing(4));
        Random random = new Random(1);
        for (int t = 0; t < 60; t++) {
            GroupedExample<Double> example = t < 20 ? example(random, 0) : example(random, 0, 1 + t % 3);
            Decision<Double> first = grown.decide(example.instance());
            Decision<Double> second = known.decide(example.instance());
            assertThat(first.action()).isEqualTo(second.action());
            grown.feedback(first.id(), example.outcome());
            known.feedback(second.id(), example.outcome());
        }
        assertThat(grown.groups()).isEqualTo(4);
        assertThat(grown.snapshot()).isEqualTo(known.snapshot());
    }

    @Test
    void aSnapshotKeepsTheGroupsOfItsTime() {
        GroupwiseLearner<Double, Double> learner = learner(growing(1));
        Random random = new Random(2);
        learner.replay(List.of(example(random, 0), example(random, 0, 3)));
        State saved = State.fromJson(learner.snapshot().toJson());
        GroupwiseLearner<Double, Double> fresh = learner(growing(1));
        fresh.restore(saved);
        assertThat(fresh.snapshot()).isEqualTo(saved);
        learner.replay(List.of(example(random, 0, 6)));
        learner.restore(saved);
        assertThat(learner.groups()).isEqualTo(4);
        assertThat(learner.snapshot()).isEqualTo(saved);
        GroupedInstance next = example(random, 0, 3).instance();
        assertThat(learner.decide(next)).isEqualTo(fresh.decide(next));
    }

    @Test
    void aBadFirstInstanceMakesNoGroup() {
        GroupwiseLearner<Double, Double> learner = learner(growing(1));
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.decide(new GroupedInstance(new double[] {1}, 0, 1)))
                .hasMessageContaining("1 features where 2");
        assertThatThrownBy(() -> learner.decide(new GroupedInstance(new double[] {1, 1}, -1)))
                .hasMessageContaining("no group -1");
        assertThatThrownBy(() -> learner.decide(new GroupedInstance(new double[] {1, 1}, 1, 1)))
                .hasMessageContaining("group 1 twice");
        assertThat(learner.snapshot()).isEqualTo(before);
    }

    @Test
    void aWarmStartIsTheSameAsLivingThroughIt() {
        List<GroupedExample<Double>> past = new ArrayList<>();
        Random random = new Random(3);
        for (int t = 0; t < 50; t++) {
            past.add(example(random, t % 2, 2));
        }
        GroupwiseLearner<Double, Double> replayed = learner(GroupwiseOptions.of(3));
        GroupwiseLearner<Double, Double> lived = learner(GroupwiseOptions.of(3));
        replayed.replay(past);
        for (GroupedExample<Double> example : past) {
            lived.feedback(lived.decide(example.instance()).id(), example.outcome());
        }
        assertThat(replayed.snapshot()).isEqualTo(lived.snapshot());
    }

    @Test
    void aRestartedGroupKnowsNothingAndTheOthersKeepAll() {
        GroupwiseLearner<Double, Double> learner = learner(GroupwiseOptions.of(2));
        Random random = new Random(4);
        for (int t = 0; t < 20; t++) {
            learner.replay(List.of(example(random, t % 3 == 0 ? new int[] {1} : new int[] {0, 1})));
        }
        double kept = learner.meta().regret(1);
        assertThat(kept).isNotZero();
        learner.restart(0);
        assertThat(learner.meta().regret(0)).isZero();
        assertThat(learner.meta().size(0)).isZero();
        assertThat(((OnlineRidge) learner.expert(0)).coefficients()).containsOnly(0);
        assertThat(learner.meta().regret(1)).isEqualTo(kept);
        assertThatThrownBy(() -> learner.restart(2)).hasMessageContaining("no group 2");
    }

    /** One group, one feature that is 1: with forgetting, the ridge is the discounted mean. */
    @Test
    void forgettingIsTheDiscountedRegression() {
        double memory = .9;
        GroupwiseLearner<Double, Double> learner = new GroupwiseLearner<>(
                GroupwiseOptionsBuilder.builder(GroupwiseOptions.of(1))
                        .memory(memory)
                        .build(),
                g -> new OnlineRidge(1, 1),
                UNIT,
                1);
        double precision = 1;
        double sum = 0;
        Random random = new Random(5);
        for (int t = 0; t < 30; t++) {
            double y = random.nextDouble();
            Decision<Double> decision = learner.decide(new GroupedInstance(new double[] {1}, 0));
            assertThat(decision.action()).isCloseTo(sum / precision, within(1e-12));
            learner.feedback(decision.id(), y);
            precision = memory * precision + 1;
            sum = memory * sum + y;
        }
    }

    @Property(tries = 40)
    void probabilitiesSumToOneAndTheWeightedRegretOfEveryRoundIsZero(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int groups) {
        GroupwiseLearner<Double, Double> learner = learner(GroupwiseOptions.of(groups));
        Random random = new Random(seed);
        for (int t = 0; t < 30; t++) {
            int always = random.nextInt(groups);
            int[] active = IntStream.range(0, groups)
                    .filter(g -> g == always || random.nextBoolean())
                    .toArray();
            GroupedExample<Double> example = example(random, active);
            double[] before = regrets(learner);
            long id = learner.decide(example.instance()).id();
            double[] p = learner.probabilities(id);
            learner.feedback(id, example.outcome());
            double[] after = regrets(learner);
            double sum = 0;
            double weighted = 0;
            for (int i = 0; i < p.length; i++) {
                sum += p[i];
                weighted += p[i] * (after[active[i]] - before[active[i]]);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            assertThat(weighted).isCloseTo(0, within(1e-12));
            for (int g = 0; g < groups; g++) {
                int group = g;
                if (IntStream.of(active).noneMatch(a -> a == group)) {
                    assertThat(after[g]).isEqualTo(before[g]);
                }
            }
        }
    }

    private static double[] regrets(GroupwiseLearner<Double, Double> learner) {
        return IntStream.range(0, learner.groups())
                .mapToDouble(g -> learner.meta().regret(g))
                .toArray();
    }

    /** No group is special: numbering them otherwise only renumbers the weights. */
    @Property(tries = 30)
    void permutedGroupsHavePermutedWeights(@ForAll long seed) {
        int[] permutation = {2, 0, 3, 1};
        GroupwiseLearner<Double, Double> plain = learner(growing(4));
        GroupwiseLearner<Double, Double> permuted = learner(growing(4));
        Random random = new Random(seed);
        for (int t = 0; t < 40; t++) {
            int[] active =
                    IntStream.range(0, 4).filter(g -> random.nextBoolean()).toArray();
            if (active.length == 0) {
                continue;
            }
            GroupedExample<Double> example = example(random, active);
            int[] renamed = IntStream.of(active).map(g -> permutation[g]).toArray();
            long first = plain.decide(example.instance()).id();
            long second = permuted.decide(new GroupedInstance(example.instance().x(), renamed))
                    .id();
            assertThat(permuted.probabilities(second)).isEqualTo(plain.probabilities(first));
            plain.feedback(first, example.outcome());
            permuted.feedback(second, example.outcome());
        }
    }

    /** Nobody is in two groups: each group is its own learner run alone. */
    @Property(tries = 20)
    void disjointGroupsAreLearnersOfTheirOwn(@ForAll long seed) {
        GroupwiseLearner<Double, Double> learner = learner(GroupwiseOptions.of(3));
        List<OnlineRidge> alone = List.of(new OnlineRidge(2, 1), new OnlineRidge(2, 1), new OnlineRidge(2, 1));
        Random random = new Random(seed);
        for (int t = 0; t < 60; t++) {
            int group = random.nextInt(3);
            GroupedExample<Double> example = example(random, group);
            double[] x = example.instance().x();
            Decision<Double> decision = learner.decide(example.instance());
            assertThat(decision.action()).isEqualTo(alone.get(group).predict(x));
            learner.feedback(decision.id(), example.outcome());
            alone.get(group).learn(x, example.outcome());
        }
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> GroupwiseOptions.of(0)).hasMessageContaining("groups");
        assertThatThrownBy(() -> new GroupwiseOptions(2, PredictionMode.AVERAGE, List.of(1.0), 1, false))
                .hasMessageContaining("prior");
        assertThatThrownBy(() -> new GroupwiseOptions(2, PredictionMode.AVERAGE, List.of(), 0, false))
                .hasMessageContaining("memory");
    }
}
