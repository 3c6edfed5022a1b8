package dev.steelyard.ranking.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.Leaderboard;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.SkillModelContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    /** The slope of the penalised likelihood by each log strength, over the sum of its terms' sizes. */
    private static double slope(double[][] wins, double prior, double[] s, int i) {
        double slope = -prior * Math.tanh(s[i] / 2);
        double size = prior;
        for (int j = 0; j < s.length; j++) {
            double p = 1 / (1 + Math.exp(s[j] - s[i]));
            slope += i == j ? 0 : wins[i][j] * (1 - p) - wins[j][i] * p;
            size += i == j ? 0 : wins[i][j] * (1 - p) + wins[j][i] * p;
        }
        return slope / size;
    }

    /** Pairs that never met, items that won or lost all, islands, and ten thousand votes beside one. */
    @Property(tries = 200)
    void noStrengthCanBeBettered(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] wins = new double[1 + random.nextInt(9)][];
        double met = random.nextDouble();
        for (int i = 0; i < wins.length; i++) {
            wins[i] = new double[wins.length];
            for (int j = 0; j < wins.length; j++) {
                wins[i][j] = i == j || random.nextDouble() > met ? 0 : Math.pow(10, random.nextInt(5)) / 2;
            }
        }
        double prior = Math.pow(10, random.nextInt(4) - 2);
        BradleyTerryFit fit = BradleyTerryFit.of(wins, prior, 1e-9, 1000);
        assertThat(fit.converged()).isTrue();
        for (int i = 0; i < wins.length; i++) {
            assertThat(slope(wins, prior, fit.logStrengths(), i)).isCloseTo(0, within(1e-8));
        }
    }

    /** Only neighbours met, 3 to 2: odds of 1.5 from each to the next, along 300 items. */
    @Test
    void aLongChainIsFittedToItsEnds() {
        double[][] wins = new double[300][300];
        for (int i = 0; i + 1 < 300; i++) {
            wins[i][i + 1] = 3;
            wins[i + 1][i] = 2;
        }
        BradleyTerryFit fit = BradleyTerryFit.of(wins, 0, 1e-9, 100);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.logStrengths()[0] - fit.logStrengths()[299]).isCloseTo(299 * Math.log(1.5), within(1e-9));
        assertThat(Arrays.stream(fit.logStrengths()).sum()).isCloseTo(0, within(1e-9));
    }

    /** With 51 wins in as many ballots the two strengths are t and -t with 51 (1 - p(2t)) = 0.1 (2 p(t) - 1). */
    @Test
    void theScoreOfOneThatWonAllIsThatOfTheMaximum() {
        BradleyTerry model = new BradleyTerry(BradleyTerryOptions.defaults());
        List.of("a", "b").forEach(model::add);
        for (int i = 0; i < 51; i++) {
            model.record(Ballot.ordered("m", "a", "b"));
        }
        double low = 0;
        double high = 20;
        for (int halving = 0; halving < 100; halving++) {
            double t = (low + high) / 2;
            double slope = 51 / (1 + Math.exp(2 * t)) - 0.1 * Math.tanh(t / 2);
            low = slope > 0 ? t : low;
            high = slope > 0 ? high : t;
        }
        assertThat(model.score("a")).isCloseTo(1000 + 400 / Math.log(10) * low, within(1e-6));
        assertThat(model.score("b")).isCloseTo(1000 - 400 / Math.log(10) * low, within(1e-6));
    }

    /** Resamples of one ballot, or of ballots that all say the same, are all alike, which is not to know for sure. */
    @Test
    void whatResamplesCannotTellIsNotCertain() {
        BradleyTerry model = new BradleyTerry(BradleyTerryOptions.defaults());
        List.of("a", "b", "unseen").forEach(model::add);
        double before = model.rating("unseen").deviation();
        model.record(Ballot.ordered("1", "a", "b"));
        assertThat(model.rating("unseen").deviation()).isCloseTo(before, within(1e-9));
        double t = (model.score("a") - 1000) * Math.log(10) / 400;
        double p = 1 / (1 + Math.exp(-2 * t));
        double q = 1 / (1 + Math.exp(-t));
        double information = p * (1 - p) + 0.2 * q * (1 - q);
        double expected = 400 / Math.log(10) / Math.sqrt(information);
        assertThat(model.rating("a").deviation()).isCloseTo(expected, within(1e-6));
        for (int i = 0; i < 50; i++) {
            model.record(Ballot.ordered("m", "a", "b"));
        }
        assertThat(model.rating("a").lower(0.95)).isLessThan(model.score("a") - 400);
        // The same votes at four times the weight are no more votes.
        BradleyTerry weighted = new BradleyTerry(BradleyTerryOptions.defaults().withPrior(0.4));
        List.of("a", "b").forEach(weighted::add);
        weighted.record(Ballot.ordered("1", "a", "b"), 4);
        assertThat(weighted.rating("a").deviation()).isCloseTo(expected, within(1e-6));
    }

    /** A table of all pairs of 20,000 items would take 3 GB. */
    @Test
    void onlyPairsThatMetTakeRoom() {
        BradleyTerry model = new BradleyTerry(BradleyTerryOptions.defaults().withBootstrap(2));
        for (int i = 0; i < 20_000; i++) {
            model.add("item-" + i);
        }
        for (int i = 0; i + 1 < 20_000; i += 2) {
            model.record(Ballot.ordered("m", "item-" + i, "item-" + (i + 1)));
        }
        Leaderboard board = model.leaderboard();
        assertThat(board.entries().getFirst().score()).isCloseTo(1239.4, within(0.1));
        assertThat(board.entries().getLast().score()).isCloseTo(760.6, within(0.1));
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
