package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.UnknownDecisionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FairOneSidedLearnerTest {

    private static final List<Hypothesis> CLASS = LendingEnvironment.hypotheses();

    abstract static class Contract extends OnlineLearnerContract<double[][], BatchDecision, BatchOutcome> {
        @Override
        protected double[][] context(int round) {
            return new LendingEnvironment(new RestorableRandom(round)).batch(3);
        }

        @Override
        protected BatchOutcome outcome(int round, BatchDecision action) {
            int[] labels = new int[3];
            for (int i = 0; i < 3; i++) {
                labels[i] = action.accepted()[i] ? (round + i) % 2 : BatchOutcome.UNSEEN;
            }
            return round % 4 == 0 ? BatchOutcome.violating(new OrderedPair(0, 2), labels) : BatchOutcome.of(labels);
        }

        @Override
        protected BatchOutcome invalidOutcome() {
            return BatchOutcome.of(1);
        }
    }

    @Nested
    class WithExponentialWeights extends Contract {
        @Override
        protected OnlineLearner<double[][], BatchDecision, BatchOutcome> learner(long seed) {
            return new FairOneSidedLearner(new ExponentialWeights(CLASS), OneSidedFairOptions.forHorizon(120, 3), seed);
        }
    }

    @Nested
    class WithDoubling extends Contract {
        @Override
        protected OnlineLearner<double[][], BatchDecision, BatchOutcome> learner(long seed) {
            return new FairOneSidedLearner(new ExponentialWeights(CLASS), OneSidedFairOptions.of(2, 0, 3), seed);
        }
    }

    @Nested
    class WithFtpl extends Contract {
        @Override
        protected OnlineLearner<double[][], BatchDecision, BatchOutcome> learner(long seed) {
            return new FairOneSidedLearner(
                    new SemiBanditFtpl(
                            new ListOracle(CLASS), LendingEnvironment.separator(), new FtplOptions(10, 10, 0)),
                    OneSidedFairOptions.forHorizon(120, 3),
                    seed);
        }
    }

    @Nested
    class WithStumps extends Contract {
        @Override
        protected int rounds() {
            return 30;
        }

        @Override
        protected OnlineLearner<double[][], BatchDecision, BatchOutcome> learner(long seed) {
            return new FairOneSidedLearner(
                    new SemiBanditFtpl(new StumpOracle(2), LendingEnvironment.separator(), new FtplOptions(5, 5, 0)),
                    OneSidedFairOptions.forHorizon(30, 3),
                    seed);
        }
    }

    @Nested
    class WithLogisticRegression extends Contract {
        @Override
        protected int rounds() {
            return 12;
        }

        @Override
        protected OnlineLearner<double[][], BatchDecision, BatchOutcome> learner(long seed) {
            return new FairOneSidedLearner(
                    new SemiBanditFtpl(
                            new LogisticOracle(2, 1e-3), LendingEnvironment.separator(), new FtplOptions(3, 3, 1)),
                    OneSidedFairOptions.forHorizon(12, 3),
                    seed);
        }
    }

    @Nested
    class SelfConfirming extends Contract {
        @Override
        protected OnlineLearner<double[][], BatchDecision, BatchOutcome> learner(long seed) {
            return new FairOneSidedLearner(
                    new FollowTheLeader(CLASS),
                    OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(0, 120, 3))
                            .outcomeUse(OutcomeUse.LABELLED_ONLY)
                            .build(),
                    seed);
        }
    }

    private static FairOneSidedLearner learner(OneSidedFairOptions options) {
        return new FairOneSidedLearner(new ExponentialWeights(CLASS), options, 1);
    }

    private static OneSidedFairOptions panelOfThree() {
        return OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(2, 100, 3))
                .auditors(3)
                .gamma(.6)
                .build();
    }

    private static final double[][] BATCH = {{.9, 1}, {.5, 0}, {.1, 0}};

    @Test
    void piecesThatComeOneByOneTeachTheSameAsTheWhole() {
        OneSidedFairOptions options = panelOfThree();
        ExponentialWeights whole = new ExponentialWeights(CLASS);
        ExponentialWeights pieces = new ExponentialWeights(CLASS);
        FairOneSidedLearner first = new FairOneSidedLearner(whole, options, 4);
        FairOneSidedLearner second = new FairOneSidedLearner(pieces, options, 4);
        for (int round = 0; round < 20; round++) {
            Decision<BatchDecision> decision = first.decide(BATCH);
            long id = second.decide(BATCH).id();
            int[] labels = new int[3];
            for (int i = 2; i >= 0; i--) {
                labels[i] = decision.action().accepted()[i] ? 1 - i / 2 : BatchOutcome.UNSEEN;
                if (labels[i] != BatchOutcome.UNSEEN) {
                    second.reportOutcome(id, i, labels[i]);
                }
            }
            first.feedback(decision.id(), BatchOutcome.violating(new OrderedPair(0, 1), labels));
            second.reportObjection(id, new OrderedPair(0, 1), 2);
            second.reportObjection(id, new OrderedPair(0, 2), 0);
            second.reportObjection(id, new OrderedPair(0, 1), 0);
            second.close(id);
        }
        assertThat(pieces.costs()).containsExactly(whole.costs(), within(1e-9));
    }

    @Test
    void anObjectionOfTooFewIsNoViolation() {
        ExponentialWeights engine = new ExponentialWeights(CLASS);
        FairOneSidedLearner learner = new FairOneSidedLearner(engine, panelOfThree(), 1);
        long id = learner.decide(BATCH).id();
        learner.reportObjection(id, new OrderedPair(0, 1), 0);
        learner.reportObjection(id, new OrderedPair(1, 0), 1);
        assertThat(engine.costs()).containsOnly(0);
        learner.reportObjection(id, new OrderedPair(0, 1), 1);
        assertThat(engine.costs()).contains(1.0);
    }

    @Test
    void withoutPenaltyObjectionsChangeNothing() {
        ExponentialWeights engine = new ExponentialWeights(CLASS);
        FairOneSidedLearner learner = new FairOneSidedLearner(engine, OneSidedFairOptions.of(0, 100, 3), 1);
        long id = learner.decide(BATCH).id();
        learner.reportObjection(id, new OrderedPair(0, 1), 0);
        assertThat(engine.costs()).containsOnly(0);
    }

    @Test
    void oneHypothesisIsAConstantPolicy() {
        FairOneSidedLearner learner = new FairOneSidedLearner(
                new ExponentialWeights(List.of(new Hypothesis.Stump(0, .5, true))),
                OneSidedFairOptions.forHorizon(50, 3),
                1);
        for (int round = 0; round < 50; round++) {
            Decision<BatchDecision> decision = learner.decide(BATCH);
            assertThat(decision.action().probabilities()).containsExactly(1, 1, 0);
            learner.feedback(decision.id(), BatchOutcome.violating(new OrderedPair(0, 2), 0, 0, BatchOutcome.UNSEEN));
        }
    }

    @Test
    void identicalHypothesesKeepIdenticalWeights() {
        Hypothesis stump = new Hypothesis.Stump(0, .5, true);
        ExponentialWeights engine =
                new ExponentialWeights(List.of(stump, new Hypothesis.Constant(true), x -> x[0] >= .5));
        FairOneSidedLearner learner = new FairOneSidedLearner(engine, OneSidedFairOptions.forHorizon(50, 3), 1);
        for (int round = 0; round < 50; round++) {
            Decision<BatchDecision> decision = learner.decide(BATCH);
            int[] labels = new int[3];
            for (int i = 0; i < 3; i++) {
                labels[i] = decision.action().accepted()[i] ? round % 2 : BatchOutcome.UNSEEN;
            }
            learner.feedback(decision.id(), BatchOutcome.violating(new OrderedPair(0, 2), labels));
        }
        assertThat(engine.weights()[0]).isEqualTo(engine.weights()[2]).isNotEqualTo(engine.weights()[1]);
    }

    @Test
    void thePolicyIsTheNextDecisionsProbability() {
        for (FairEngine engine : List.of(
                new ExponentialWeights(CLASS),
                new SemiBanditFtpl(
                        new ListOracle(CLASS), LendingEnvironment.separator(), new FtplOptions(10, 10, 0)))) {
            FairOneSidedLearner learner = new FairOneSidedLearner(engine, OneSidedFairOptions.forHorizon(50, 3), 1);
            for (int round = 0; round < 10; round++) {
                double policy = learner.policy(BATCH[1]);
                Decision<BatchDecision> decision = learner.decide(BATCH);
                assertThat(policy).isEqualTo(decision.action().probabilities()[1]);
                learner.close(decision.id());
            }
        }
    }

    /** Over the draw, copies of labelled instances teach what the exact penalty teaches, up to a common constant. */
    @Test
    void copiesTeachOnAverageWhatTheExactPenaltyTeaches() {
        List<Hypothesis> three = List.of(
                new Hypothesis.Stump(0, .3, true), new Hypothesis.Stump(0, .7, true), new Hypothesis.Constant(true));
        double[][] batch = {{.5, 0}, {.2, 0}};
        double[] exact = meanCosts(three, batch, PenaltyForm.EXACT);
        double[] copies = meanCosts(three, batch, PenaltyForm.COPIES);
        double shift = copies[0] - exact[0];
        for (int h = 0; h < 3; h++) {
            assertThat(copies[h] - exact[h]).isCloseTo(shift, within(.05));
        }
    }

    private static double[] meanCosts(List<Hypothesis> hypotheses, double[][] batch, PenaltyForm form) {
        int runs = 20_000;
        double[] mean = new double[hypotheses.size()];
        for (int run = 0; run < runs; run++) {
            ExponentialWeights engine = new ExponentialWeights(hypotheses);
            FairOneSidedLearner learner = new FairOneSidedLearner(
                    engine,
                    OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(2, 100, 2))
                            .penaltyForm(form)
                            .build(),
                    run);
            long id = learner.decide(batch).id();
            learner.reportObjection(id, new OrderedPair(0, 1), 0);
            for (int h = 0; h < mean.length; h++) {
                mean[h] += engine.costs()[h] / runs;
            }
        }
        return mean;
    }

    @Test
    void lateOutcomesCanCountLess() {
        ExponentialWeights engine = new ExponentialWeights(List.of(new Hypothesis.Constant(true)));
        FairOneSidedLearner learner = new FairOneSidedLearner(
                engine,
                OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(0, 100, 1))
                        .discountDelays(true)
                        .build(),
                1);
        long late = learner.decide(new double[][] {{0}}).id();
        learner.decide(new double[][] {{0}});
        learner.decide(new double[][] {{0}});
        learner.reportOutcome(late, 0, 0);
        assertThat(engine.costs()[0]).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void badReportsAreRefusedAndChangeNothing() {
        FairOneSidedLearner learner = learner(panelOfThree());
        Decision<BatchDecision> decision = learner.decide(BATCH);
        while (decision.action().accepted()[0] == decision.action().accepted()[2]) {
            decision = learner.decide(BATCH);
        }
        boolean[] accepted = decision.action().accepted();
        int yes = accepted[0] ? 0 : 2;
        int no = 2 - yes;
        long id = decision.id();
        State before = learner.snapshot();
        List<Runnable> bad = new ArrayList<>();
        bad.add(() -> learner.reportOutcome(id, no, 1));
        bad.add(() -> learner.reportOutcome(id, yes, 2));
        bad.add(() -> learner.reportOutcome(id, 3, 1));
        bad.add(() -> learner.reportObjection(id, new OrderedPair(0, 3), 0));
        bad.add(() -> learner.reportObjection(id, new OrderedPair(0, 1), 3));
        bad.add(() -> learner.feedback(id, BatchOutcome.violating(new OrderedPair(0, 7), -1, -1, -1)));
        for (Runnable report : bad) {
            assertThatThrownBy(report::run)
                    .isInstanceOf(InvalidOutcomeException.class)
                    .hasMessageContaining("batch " + id);
            assertThat(learner.snapshot()).isEqualTo(before);
        }
        for (double[][] batch : List.of(new double[][] {{.5, 0}, {.5}}, new double[][] {{.5, 0}, null})) {
            assertThatThrownBy(() -> learner.decide(batch))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("instance 1");
        }
        assertThat(learner.snapshot()).isEqualTo(before);
        learner.reportOutcome(id, yes, 1);
        assertThatThrownBy(() -> learner.reportOutcome(id, yes, 1))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("counted once");
        learner.reportObjection(id, new OrderedPair(0, 1), 0);
        assertThatThrownBy(() -> learner.reportObjection(id, new OrderedPair(0, 1), 0))
                .isInstanceOf(InvalidOutcomeException.class);
        learner.close(id);
        assertThatThrownBy(() -> learner.reportOutcome(id, yes, 1)).isInstanceOf(UnknownDecisionException.class);
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> OneSidedFairOptions.of(-1, 10, 2)).hasMessageContaining("penalty");
        assertThatThrownBy(() -> OneSidedFairOptions.of(1, 10, 0)).hasMessageContaining("batchSize");
        assertThatThrownBy(() -> OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(1, 10, 2))
                        .gamma(0)
                        .build())
                .hasMessageContaining("gamma");
        assertThatThrownBy(() -> OneSidedFairOptionsBuilder.builder(OneSidedFairOptions.of(1.5, 10, 2))
                        .penaltyForm(PenaltyForm.COPIES)
                        .build())
                .hasMessageContaining("integer");
        assertThatThrownBy(() -> new ExponentialWeights(List.of())).hasMessageContaining("at least one hypothesis");
        assertThatThrownBy(() -> new OrderedPair(1, 1)).hasMessageContaining("twice");
        assertThatThrownBy(() -> learner(panelOfThree()).decide(new double[0][]))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> learner(panelOfThree()).decide(new double[][] {{Double.NaN, 0}}))
                .hasMessageContaining("NaN");
    }
}
