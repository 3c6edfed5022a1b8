package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.InvalidBallotException;
import dev.steelyard.ranking.Rating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamTest {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final Offset<Double> PUBLISHED = within(1e-3);

    private static KRank model(UpdateRule rule, int items) {
        KRank model = new KRank(KRankOptions.defaults().withRule(rule));
        for (int i = 0; i < items; i++) {
            model.add("p" + i);
        }
        return model;
    }

    private static Team team(int first, int size) {
        String[] members = new String[size];
        Arrays.setAll(members, i -> "p" + (first + i));
        return Team.of(members);
    }

    /** Figures that TrueSkill's implementations publish in their tests, for new players, tau 25/300 and draws of 10 %; to one of the last digit, as those tests do. */
    @ParameterizedTest
    @CsvSource({
        "2, 2, false, 28.108, 7.774, 21.892, 7.774",
        "4, 4, false, 27.198, 8.059, 22.802, 8.059",
        "1, 2, false, 33.730, 7.317, 16.270, 7.317",
        "1, 3, false, 36.337, 7.527, 13.663, 7.527",
        "2, 2, true, 25.000, 7.455, 25.000, 7.455"
    })
    void publishedFigures(
            int first, int second, boolean tie, double mean1, double deviation1, double mean2, double deviation2) {
        KRank model = model(ExpectationPropagation.deployed(), first + second);
        model.record("m", List.of(team(0, first), team(first, second)), 0, tie ? 0 : 1);
        for (int i = 0; i < first + second; i++) {
            Rating rating = model.rating("p" + i);
            assertThat(rating.mean()).isCloseTo(i < first ? mean1 : mean2, PUBLISHED);
            assertThat(rating.deviation()).isCloseTo(i < first ? deviation1 : deviation2, PUBLISHED);
        }
    }

    /** Of two teams the moments are those of a member's density, integrated here. */
    @Test
    void twoTeamsAreAsByQuadrature() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 100; trial++) {
            KRank chain = model(ExpectationPropagation.still(), 0);
            KRank pairs = model(new PairSum(1e-9), 0);
            int[] sizes = {1 + random.nextInt(3), 1 + random.nextInt(3)};
            List<Team> teams = new ArrayList<>();
            List<Rating> priors = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int team = 0; team < 2; team++) {
                List<String> members = new ArrayList<>();
                List<Double> own = new ArrayList<>();
                for (int i = 0; i < sizes[team]; i++) {
                    String name = "p" + priors.size();
                    Rating prior = new Rating(random.nextDouble(15, 35), random.nextDouble(1, 8));
                    chain.add(name, prior);
                    pairs.add(name, prior);
                    priors.add(prior);
                    members.add(name);
                    own.add(random.nextDouble(0.3, 1.5));
                }
                weights.addAll(own);
                teams.add(new Team(members, own));
            }
            int winner = random.nextInt(2);
            chain.record("m", teams, winner, 1 - winner);
            pairs.record("m", teams, winner, 1 - winner);
            for (int i = 0; i < priors.size(); i++) {
                Rating expected = quadrature(i, priors, weights, sizes[0], winner == 0);
                for (KRank model : List.of(chain, pairs)) {
                    assertThat(model.rating("p" + i).mean()).isCloseTo(expected.mean(), within(1e-7));
                    assertThat(model.rating("p" + i).deviation()).isCloseTo(expected.deviation(), within(1e-7));
                }
            }
        }
    }

    /** Moments of {@code phi((s - mean) / deviation) Phi((w s + rest) / c)}, by the trapezoidal rule on 12 deviations each way. */
    private static Rating quadrature(
            int member, List<Rating> priors, List<Double> weights, int first, boolean firstWins) {
        double rest = 0;
        double variance = 0;
        for (int i = 0; i < priors.size(); i++) {
            double sign = (i < first) == firstWins ? 1 : -1;
            double weight = weights.get(i);
            variance += weight * weight * 25 / 6 * 25 / 6;
            if (i != member) {
                rest += sign * weight * priors.get(i).mean();
                variance += weight
                        * weight
                        * priors.get(i).deviation()
                        * priors.get(i).deviation();
            }
        }
        double own = ((member < first) == firstWins ? 1 : -1) * weights.get(member);
        Rating prior = priors.get(member);
        double mass = 0;
        double moment = 0;
        double square = 0;
        for (double z = -12; z <= 12; z += 1.0 / 64) {
            double skill = prior.mean() + z * prior.deviation();
            double density =
                    Math.exp(-z * z / 2) * NORMAL.cumulativeProbability((own * skill + rest) / Math.sqrt(variance));
            mass += density;
            moment += density * z;
            square += density * z * z;
        }
        double mean = moment / mass;
        return new Rating(
                prior.mean() + prior.deviation() * mean, prior.deviation() * Math.sqrt(square / mass - mean * mean));
    }

    @Test
    void teamsOfOneAreABallot() {
        for (UpdateRule rule : List.of(
                ExpectationPropagation.deployed(), ExpectationPropagation.still(), new PairSum(PairSum.ROBUST_FLOOR))) {
            KRank alone = model(rule, 4);
            KRank teams = model(rule, 4);
            for (int[] ranks : new int[][] {{0, 1, 2, 3}, {2, 0, 0, 1}, {1, 1, 0, 0}}) {
                alone.record(Ballot.ranked("m", List.of("p0", "p1", "p2", "p3"), ranks));
                teams.record("m", List.of(team(0, 1), team(1, 1), team(2, 1), team(3, 1)), ranks);
            }
            assertThat(teams.ballots()).isEqualTo(3);
            for (String item : alone.items()) {
                assertThat(teams.rating(item).mean())
                        .isCloseTo(alone.rating(item).mean(), within(1e-10));
                assertThat(teams.rating(item).deviation())
                        .isCloseTo(alone.rating(item).deviation(), within(1e-10));
                assertThat(teams.votes(item)).isEqualTo(3);
            }
        }
    }

    /** Three teams of different sizes; permuting teams and members permutes the result, and no deviation grows. */
    @Test
    void ordersDoNotMatter() {
        for (UpdateRule rule : List.of(ExpectationPropagation.still(), new PairSum(PairSum.ROBUST_FLOOR))) {
            KRank one = model(rule, 6);
            KRank other = model(rule, 6);
            one.record("m", List.of(Team.of("p0", "p1"), Team.of("p2"), Team.of("p3", "p4", "p5")), 1, 0, 2);
            other.record("m", List.of(Team.of("p5", "p3", "p4"), Team.of("p1", "p0"), Team.of("p2")), 2, 1, 0);
            for (String item : one.items()) {
                assertThat(one.rating(item).mean()).isCloseTo(other.rating(item).mean(), within(1e-8));
                assertThat(one.rating(item).deviation()).isLessThan(25.0 / 3);
            }
            assertThat(one.rating("p2").mean()).isGreaterThan(one.rating("p0").mean());
            assertThat(one.rating("p0").mean()).isGreaterThan(one.rating("p4").mean());
        }
    }

    @Test
    void badMatchesAreNamedAndChangeNothing() {
        KRank model = model(ExpectationPropagation.deployed(), 4);
        model.retire("p3");
        State before = model.snapshot();
        Team pair = Team.of("p0", "p1");
        refuse(model, InvalidBallotException.Reason.TOO_FEW_ITEMS, List.of(pair), 0);
        refuse(model, InvalidBallotException.Reason.RANKS_LENGTH, List.of(pair, Team.of("p2")), 0);
        refuse(model, InvalidBallotException.Reason.INVALID_RANK, List.of(pair, Team.of("p2")), 0, -1);
        refuse(model, InvalidBallotException.Reason.DUPLICATE_ITEM, List.of(pair, Team.of("p2", "p1")), 0, 1);
        refuse(model, InvalidBallotException.Reason.UNKNOWN_ITEM, List.of(pair, Team.of("nobody")), 0, 1);
        refuse(model, InvalidBallotException.Reason.RETIRED_ITEM, List.of(pair, Team.of("p3")), 0, 1);
        assertThat(model.snapshot()).isEqualTo(before);
        assertThatThrownBy(Team::of).hasMessageContaining("at least 1 member");
        assertThatThrownBy(() -> new Team(List.of("a", "b"), List.of(1.0)))
                .hasMessageContaining("give each member one");
        assertThatThrownBy(() -> new Team(List.of("a"), List.of(0.0))).hasMessageContaining("weight of 'a'");
    }

    private static void refuse(KRank model, InvalidBallotException.Reason reason, List<Team> teams, int... ranks) {
        assertThatThrownBy(() -> model.record("m", teams, ranks))
                .isInstanceOfSatisfying(InvalidBallotException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }
}
