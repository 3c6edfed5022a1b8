package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is worked on in parallel is what one thread would find; what decided an instance is told. */
class ScaleOutTest {

    private static final double[][] BATCH = {{.1, 0}, {.4, 1}, {.6, 0}, {.9, 1}};

    private static List<Hypothesis> stumps(int count) {
        List<Hypothesis> stumps = new ArrayList<>();
        Random random = new Random(3);
        for (int h = 0; h < count; h++) {
            stumps.add(new Hypothesis.Stump(0, random.nextDouble(), random.nextBoolean()));
        }
        return stumps;
    }

    @Test
    void shardsAreOneListOfHypotheses() {
        List<Hypothesis> hypotheses = stumps(2 * ExponentialWeights.SHARD + 17);
        ExponentialWeights engine = new ExponentialWeights(hypotheses, .3);
        double[] costs = new double[hypotheses.size()];
        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            double total = 0;
            double[] accepting = new double[BATCH.length];
            for (int h = 0; h < costs.length; h++) {
                double weight = Math.exp(-.3 * costs[h]);
                total += weight;
                for (int i = 0; i < BATCH.length; i++) {
                    accepting[i] += hypotheses.get(h).accepts(BATCH[i]) ? weight : 0;
                }
            }
            FairEngine.Play play = engine.play(BATCH, Drawing.PER_BATCH, new RestorableRandom(round));
            for (int i = 0; i < BATCH.length; i++) {
                assertThat(play.probabilities()[i]).isCloseTo(accepting[i] / total, within(1e-12));
                assertThat(engine.probability(BATCH[i], random)).isEqualTo(play.probabilities()[i]);
            }
            double[] x = {random.nextDouble(), 0};
            double one = 3 * random.nextDouble();
            engine.learn(x, one, .5);
            for (int h = 0; h < costs.length; h++) {
                costs[h] += hypotheses.get(h).accepts(x) ? one : .5;
            }
        }
        assertThat(engine.costs()).isEqualTo(costs);
    }

    @Test
    void drawsInParallelAreThoseOfOneThread() {
        List<Supplier<WeightedOracle>> oracles = List.of(
                () -> new StumpOracle(2),
                () -> new ListOracle(LendingEnvironment.hypotheses()),
                () -> new LogisticOracle(2, 1e-3));
        for (Supplier<WeightedOracle> oracle : oracles) {
            FairOneSidedLearner alone = learner(oracle.get(), false);
            FairOneSidedLearner parallel = learner(oracle.get(), true);
            for (int round = 0; round < 15; round++) {
                Decision<BatchDecision> decision = alone.decide(BATCH);
                assertThat(parallel.decide(BATCH)).isEqualTo(decision);
                int[] labels = new int[BATCH.length];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = decision.action().accepted()[i] ? (round + i) % 2 : BatchOutcome.UNSEEN;
                }
                alone.feedback(decision.id(), BatchOutcome.of(labels));
                parallel.feedback(decision.id(), BatchOutcome.of(labels));
            }
            assertThat(parallel.snapshot()).isEqualTo(alone.snapshot());
        }
    }

    private static FairOneSidedLearner learner(WeightedOracle oracle, boolean parallel) {
        FtplOptions options = new FtplOptions(7, 21, 1, parallel);
        return new FairOneSidedLearner(
                new SemiBanditFtpl(oracle, LendingEnvironment.separator(), options),
                OneSidedFairOptions.of(1, 100, BATCH.length),
                5);
    }

    @Test
    void theHypothesisThatDecidedIsTold() {
        List<Hypothesis> hypotheses = LendingEnvironment.hypotheses();
        for (Drawing drawing : Drawing.values()) {
            FairOneSidedLearner learner = new FairOneSidedLearner(
                    new ExponentialWeights(hypotheses),
                    OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(1, 100, 4))
                            .drawing(drawing)
                            .build(),
                    2);
            boolean differed = false;
            for (int round = 0; round < 30; round++) {
                BatchDecision decision = learner.decide(BATCH).action();
                for (int i = 0; i < BATCH.length; i++) {
                    assertThat(hypotheses.get(decision.drawn()[i]).accepts(BATCH[i]))
                            .isEqualTo(decision.accepted()[i]);
                    differed |= decision.drawn()[i] != decision.drawn()[0];
                }
            }
            assertThat(differed).isEqualTo(drawing == Drawing.PER_INSTANCE);
        }
        FollowTheLeader leader = new FollowTheLeader(hypotheses);
        leader.learn(new double[] {.9, 1}, 1, 0);
        FairEngine.Play play = leader.play(BATCH, Drawing.PER_BATCH, new Random(1));
        for (int i = 0; i < BATCH.length; i++) {
            assertThat(hypotheses.get(play.drawn()[i]).accepts(BATCH[i])).isEqualTo(play.accepted()[i]);
        }
    }

    /** Where the next batch begins a new epoch, the policy is the new epoch's, and asking changes nothing. */
    @Test
    void thePolicyBeforeARestartIsTheNewEpochs() {
        FairOneSidedLearner learner = new FairOneSidedLearner(
                new ExponentialWeights(LendingEnvironment.hypotheses()), OneSidedFairOptions.of(2, 0, 4), 1);
        for (int round = 0; round < 20; round++) {
            State before = learner.snapshot();
            double policy = learner.policy(BATCH[1]);
            assertThat(learner.snapshot()).isEqualTo(before);
            Decision<BatchDecision> decision = learner.decide(BATCH);
            assertThat(policy).isEqualTo(decision.action().probabilities()[1]);
            learner.close(decision.id());
        }
    }
}
