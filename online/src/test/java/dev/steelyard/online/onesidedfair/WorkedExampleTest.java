package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.online.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two rounds of three hypotheses by hand: eta = .5, C = 1, alpha = .05. */
class WorkedExampleTest {

    private static final double PRECISION = 5e-9;

    /** An instance is its round and number; a hypothesis is a table of predictions. */
    private static Hypothesis table(boolean[] first, boolean[] second) {
        return x -> (x[0] == 1 ? first : second)[(int) x[1]];
    }

    private static final boolean[] YES_NO = {true, false};
    private static final boolean[] YES_YES = {true, true};
    private static final boolean[] NO_NO = {false, false};
    private static final boolean[] NO_YES = {false, true};

    private static final List<Hypothesis> HYPOTHESES =
            List.of(table(YES_NO, YES_NO), table(YES_YES, NO_YES), table(NO_NO, YES_YES));

    private static final double[][] FIRST = {{1, 0}, {1, 1}};
    private static final double[][] SECOND = {{2, 0}, {2, 1}};

    private static Dissimilarity apart(double distance) {
        return (x, other) -> x[1] == other[1] ? 0 : distance;
    }

    private static Panel auditor(double distance) {
        return new Panel(List.of(apart(distance)), .05, 1);
    }

    private record Played(ExponentialWeights engine, FairOneSidedLearner learner) {}

    /** A learner whose draws are h1 and then h3. */
    private static Played playFirstRound(ZeroCost zeroCost, long seed) {
        ExponentialWeights engine = new ExponentialWeights(HYPOTHESES, .5);
        OneSidedFairOptions options = OneSidedFairOptions.of(1, 100, 2);
        FairOneSidedLearner learner = new FairOneSidedLearner(
                engine,
                new OneSidedFairOptions(
                        options.penalty(),
                        options.horizon(),
                        options.batchSize(),
                        options.auditors(),
                        options.gamma(),
                        zeroCost,
                        options.penaltyForm(),
                        options.drawing(),
                        options.outcomeUse(),
                        options.discountDelays(),
                        options.memory()),
                seed);
        Decision<BatchDecision> decision = learner.decide(FIRST);
        if (!List.of(true, false).equals(list(decision.action().accepted()))) {
            return null;
        }
        assertThat(decision.action().probabilities()).containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-12));
        assertThat(decision.propensity()).isCloseTo(1 / 3.0, within(1e-12));
        OrderedPair violation =
                auditor(.1).audit(FIRST, decision.action().probabilities()).orElseThrow();
        assertThat(violation).isEqualTo(new OrderedPair(0, 1));
        learner.feedback(decision.id(), BatchOutcome.violating(violation, 0, BatchOutcome.UNSEEN));
        return new Played(engine, learner);
    }

    private static List<Boolean> list(boolean[] values) {
        return values.length == 2 ? List.of(values[0], values[1]) : List.of();
    }

    private static void check(
            ZeroCost zeroCost, double[] firstCosts, double[] weights, double[] probabilities, double[] secondCosts) {
        for (long seed = 0; seed < 1000; seed++) {
            Played played = playFirstRound(zeroCost, seed);
            if (played == null) {
                continue;
            }
            assertThat(played.engine().costs()).containsExactly(firstCosts, within(PRECISION));
            assertThat(played.engine().weights()).containsExactly(weights, within(PRECISION));
            Decision<BatchDecision> decision = played.learner().decide(SECOND);
            if (!List.of(true, true).equals(list(decision.action().accepted()))) {
                continue;
            }
            assertThat(decision.action().probabilities()).containsExactly(probabilities, within(PRECISION));
            assertThat(auditor(.3).audit(SECOND, decision.action().probabilities()))
                    .isEmpty();
            played.learner().feedback(decision.id(), BatchOutcome.of(1, 0));
            double[] added = played.engine().costs();
            for (int h = 0; h < added.length; h++) {
                added[h] -= firstCosts[h];
            }
            assertThat(added).containsExactly(secondCosts, within(PRECISION));
            return;
        }
        throw new AssertionError("no seed draws h1 and then h3");
    }

    @Test
    void withTheKnownCostOfRejecting() {
        check(
                ZeroCost.KNOWN,
                new double[] {2.5, 1.5, 1},
                new double[] {.20983183, .34595419, .44421398},
                new double[] {.65404581, .79016817},
                new double[] {.5, 1.76555338, 1.26555338});
    }

    @Test
    void withTheSemiBanditCostOfRejecting() {
        check(
                ZeroCost.SEMI_BANDIT,
                new double[] {2.75, 1.5, .75},
                new double[] {.17900206, .33441988, .48657806},
                new double[] {.66558012, .82099794},
                new double[] {0, 1.21802986, 1.21802986});
    }
}
