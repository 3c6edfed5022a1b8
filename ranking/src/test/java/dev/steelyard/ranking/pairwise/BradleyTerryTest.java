package dev.steelyard.ranking.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.SkillModelContract;
import org.junit.jupiter.api.Test;

class BradleyTerryTest extends SkillModelContract {

    @Override
    protected SkillModel create() {
        return new BradleyTerry(BradleyTerryOptions.defaults().withBootstrap(20));
    }

    @Override
    protected SkillModel createOfOtherOptions() {
        return new BradleyTerry(BradleyTerryOptions.defaults().withPrior(1));
    }

    @Test
    void twoItemsHaveTheirOdds() {
        BradleyTerryFit fit = BradleyTerryFit.of(new double[][] {{0, 3}, {1, 0}}, 0, 1e-12, 1000);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.logStrengths()[0] - fit.logStrengths()[1]).isCloseTo(Math.log(3), within(1e-9));
        assertThat(fit.logStrengths()[0] + fit.logStrengths()[1]).isCloseTo(0, within(1e-9));
    }

    /** At the maximum every item has won as often as expected. */
    @Test
    void winsAreAsExpectedAtTheMaximum() {
        double[][] wins = {{0, 7, 5, 9}, {3, 0, 6, 5}, {2, 4, 0, 8}, {1, 2, 2.5, 0}};
        double[] s = BradleyTerryFit.of(wins, 0, 1e-13, 100_000).logStrengths();
        for (int i = 0; i < 4; i++) {
            double won = 0;
            double expected = 0;
            for (int j = 0; j < 4; j++) {
                if (i != j) {
                    won += wins[i][j];
                    expected += (wins[i][j] + wins[j][i]) / (1 + Math.exp(s[j] - s[i]));
                }
            }
            assertThat(expected).isCloseTo(won, within(1e-9));
        }
    }

    @Test
    void withoutAPriorTheItemsMustBeConnected() {
        assertThatThrownBy(() -> BradleyTerryFit.of(new double[][] {{0, 3}, {0, 0}}, 0, 1e-9, 100))
                .hasMessageContaining("prior above 0");
        assertThatThrownBy(() -> BradleyTerryFit.of(new double[][] {{0, -1}, {0, 0}}, 1, 1e-9, 100))
                .hasMessageContaining("wins[0][1]");
        double[] bounded = BradleyTerryFit.of(new double[][] {{0, 3}, {0, 0}}, 0.5, 1e-9, 1000)
                .logStrengths();
        assertThat(bounded[0]).isFinite().isPositive();
    }

    @Test
    void weightsCountAsRepeatedBallots() {
        BradleyTerry weighted = new BradleyTerry(BradleyTerryOptions.defaults());
        BradleyTerry repeated = new BradleyTerry(BradleyTerryOptions.defaults());
        for (BradleyTerry model : new BradleyTerry[] {weighted, repeated}) {
            model.add("a");
            model.add("b");
            model.record(Ballot.ordered("0", "b", "a"));
        }
        weighted.record(Ballot.ordered("1", "a", "b"), 3);
        for (int i = 0; i < 3; i++) {
            repeated.record(Ballot.ordered("1", "a", "b"));
        }
        assertThat(weighted.score("a")).isEqualTo(repeated.score("a"));
        assertThatThrownBy(() -> weighted.record(Ballot.ordered("1", "a", "b"), 0))
                .hasMessageContaining("weight of match '1'");
    }

    @Test
    void moreBallotsMakeNarrowerIntervals() {
        BradleyTerry model = new BradleyTerry(BradleyTerryOptions.defaults());
        model.add("a");
        model.add("b");
        for (int i = 0; i < 30; i++) {
            model.record(i % 3 == 0 ? Ballot.ordered("m", "b", "a") : Ballot.ordered("m", "a", "b"));
        }
        double few = model.rating("a").deviation();
        for (int i = 0; i < 900; i++) {
            model.record(i % 3 == 0 ? Ballot.ordered("m", "b", "a") : Ballot.ordered("m", "a", "b"));
        }
        assertThat(model.rating("a").deviation()).isLessThan(few / 3);
        assertThat(model.predictWin("a", "b")).isCloseTo(2 / 3.0, within(0.01));
    }
}
