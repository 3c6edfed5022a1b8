package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RegretLedgerTest {

    private static final GroupTask<Double, Double> UNIT = GroupTask.squaredLoss(0, 1);

    /** The four rounds of the learner's worked example: losses 1, .09, .3172, .01959675. */
    @Test
    void fourRoundsByHand() {
        GroupwiseLearner<Double, Double> learner =
                new GroupwiseLearner<>(2, g -> new OnlineRidge(2, 1), UNIT, PredictionMode.RANDOMISED, 1);
        RegretLedger<Double, Double> ledger = new RegretLedger<>(List.of("first"), UNIT, () -> new LeastSquares(2), 0);
        double[][] x = {{1, 0}, {1, 1}, {0, 1}, {1, 1}};
        double[] y = {1, .2, .5, .6};
        int[][] groups = {{0, 1}, {1}, {0, 1}, {0, 1}};
        for (int t = 0; t < 4; t++) {
            Decision<Double> decision = learner.decide(new GroupedInstance(x[t], groups[t]));
            ledger.feedback(learner, decision, y[t], .25);
        }
        List<GroupRegret> report = ledger.report();
        assertThat(report).extracting(GroupRegret::name).containsExactly("first", "group 1");
        GroupRegret first = report.get(0);
        assertThat(first.rounds()).isEqualTo(3);
        assertThat(first.isSmall()).isTrue();
        assertThat(first.loss()).isCloseTo(1 + .3172 + .01959675, within(5e-9));
        // 1 + .25 + .15^2, what (0), (0), (.75) lose.
        assertThat(first.ownLoss()).isCloseTo(1.2725, within(1e-12));
        assertThat(first.baseLoss()).isEqualTo(.75);
        // Rows (1,0) -> 1, (0,1) -> .5, (1,1) -> .6: the residuals of the fit are .3, .3, -.3.
        assertThat(first.hindsight()).isCloseTo(.27, within(1e-12));
        assertThat(first.regret()).isCloseTo(first.loss() - .27, within(1e-12));
        assertThat(first.baseRegret()).isCloseTo(.48, within(1e-12));
        assertThat(first.recentLoss()).isCloseTo(first.loss() / 3, within(1e-12));
        assertThat(first.meanWeight()).isCloseTo((.5 + .5 + .57770915) / 3, within(5e-9));
        assertThat(first.winners()).isEqualTo(Map.of("first", 3L));
        assertThat(report.get(1).winners()).isEqualTo(Map.of("first", 3L, "group 1", 1L));
        assertThat(report.get(1).loss()).isCloseTo(1.42679675, within(5e-9));
    }

    @Test
    void curvesHaveAHundredPointsAndEndAtTheReport() {
        int rounds = 1234;
        GroupwiseLearner<Double, Double> learner =
                new GroupwiseLearner<>(2, g -> new OnlineRidge(3, 1), UNIT, PredictionMode.AVERAGE, 1);
        RegretLedger<Double, Double> ledger =
                new RegretLedger<>(List.of("odd", "all"), UNIT, () -> new LeastSquares(3), rounds);
        Random random = new Random(1);
        double all = 0;
        double recent = 0;
        for (int t = 0; t < rounds; t++) {
            Decision<Double> decision = learner.decide(
                    new GroupedInstance(random.doubles(3).toArray(), t % 2 == 1 ? new int[] {0, 1} : new int[] {1}));
            double y = random.nextDouble();
            ledger.feedback(learner, decision, y);
            double loss = UNIT.loss(decision.action(), y);
            all += loss;
            recent += t >= rounds - RegretLedger.WINDOW ? loss : 0;
        }
        GroupRegret whole = ledger.report().get(1);
        assertThat(whole.loss()).isCloseTo(all, within(1e-9));
        assertThat(whole.recentLoss()).isCloseTo(recent / RegretLedger.WINDOW, within(1e-12));
        assertThat(whole.baseLoss()).isNaN();
        assertThat(ledger.curve(1)).hasNumberOfRows(RegretLedger.POINTS);
        assertThat(ledger.curve(1)[99])
                .containsExactly(new double[] {rounds, whole.regret(), whole.meanWeight()}, within(1e-9));
        assertThat(ledger.curve(7)).isEmpty();
    }

    @Test
    void refusedOutcomesAndRoundsOfNoGroupAreNotEntered() {
        GroupwiseLearner<Double, Double> learner =
                new GroupwiseLearner<>(1, g -> new OnlineRidge(1, 1), UNIT, PredictionMode.RANDOMISED, 1);
        RegretLedger<Double, Double> ledger = new RegretLedger<>(List.of(), UNIT, () -> new LeastSquares(1), 10);
        Decision<Double> decision = learner.decide(new GroupedInstance(new double[] {1}, 0));
        assertThatThrownBy(() -> ledger.feedback(learner, decision, 2.0)).isInstanceOf(InvalidOutcomeException.class);
        ledger.feedback(learner, learner.decide(new GroupedInstance(new double[] {1})), 1.0);
        assertThat(ledger.rounds()).isZero();
        assertThat(ledger.report()).isEmpty();
        ledger.feedback(learner, decision, 1.0);
        assertThat(ledger.rounds()).isEqualTo(1);
    }

    /** Against what is left of the labels beyond the span of the columns; collinear features are no obstacle. */
    @Property(tries = 200)
    void leastSquaresIsTheLeast(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int rows) {
        Random random = new Random(seed);
        LeastSquares fit = new LeastSquares(3);
        double[] first = random.doubles(rows).toArray();
        double[] second = random.doubles(rows).toArray();
        double[] left = random.doubles(rows).toArray();
        for (int row = 0; row < rows; row++) {
            fit.add(new double[] {first[row], second[row], first[row] + second[row]}, left[row]);
        }
        takeOut(first, second);
        takeOut(first, left);
        if (rows > 1) {
            takeOut(second, left);
        }
        assertThat(fit.loss()).isCloseTo(OnlineRidge.dot(left, left), within(1e-5));
    }

    /** Takes the part along a direction out of a vector. */
    private static void takeOut(double[] direction, double[] vector) {
        double share = OnlineRidge.dot(direction, vector) / OnlineRidge.dot(direction, direction);
        for (int i = 0; i < vector.length; i++) {
            vector[i] -= share * direction[i];
        }
    }

    @Test
    void theBestPathIsTheShortestForTheSum() {
        BestPath best = new BestPath(Dag.layered(1, 2));
        assertThat(best.loss()).isZero();
        best.add(new double[0], new double[] {1, 0, .5, .25});
        best.add(new double[0], new double[] {0, 1, 1, .5});
        // 1 + 1.5 over node 1, 1 + .75 over node 2; two edges.
        assertThat(best.loss()).isEqualTo(.875);
    }
}
