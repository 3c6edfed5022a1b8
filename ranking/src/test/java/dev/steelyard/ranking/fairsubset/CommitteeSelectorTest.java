package dev.steelyard.ranking.fairsubset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.fairsubset.CommitteeSelector.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommitteeSelectorTest {

    private static final int M = 8;
    private static final int K = 3;
    private static final Groups HALVES = Groups.of(0, 1, 0, 1, 0, 1, 0, 1);

    private static List<int[]> committees(SelectionConstraint constraint) {
        List<int[]> all = new ArrayList<>();
        for (int a = 0; a < M; a++) {
            for (int b = a + 1; b < M; b++) {
                for (int c = b + 1; c < M; c++) {
                    int[] counts = constraint.groups().counts(a, b, c);
                    boolean fits = true;
                    for (int g = 0; g < counts.length; g++) {
                        fits &= counts[g] >= constraint.lower().get(g)
                                && counts[g] <= constraint.upper().get(g);
                    }
                    if (fits) {
                        all.add(new int[] {a, b, c});
                    }
                }
            }
        }
        return all;
    }

    private static double best(RankingProfile profile, ScoreFunction function, SelectionConstraint constraint) {
        return committees(constraint).stream()
                .mapToDouble(committee -> function.value(profile, committee))
                .max()
                .orElseThrow();
    }

    private static final List<SelectionConstraint> CONSTRAINTS = List.of(
            SelectionConstraint.none(M),
            SelectionConstraint.exactly(HALVES, 1, 2),
            SelectionConstraint.atLeast(HALVES, 1, 2),
            SelectionConstraint.of(HALVES, new int[] {0, 0}, new int[] {2, 1}),
            SelectionConstraint.of(Groups.of(0, 1, 2, 0, 1, 2, 0, 1), new int[] {1, 0, 1}, new int[] {2, 1, 3}));

    @Property(tries = 60)
    void exactSelectionIsTheBestOfAllAndGreedyIsNearIt(@ForAll long seed) {
        RankingProfile profile = ScoreFunctionTest.random(5, M, seed);
        for (ScoreFunction function : ScoreFunctionTest.ALL) {
            for (SelectionConstraint constraint : CONSTRAINTS) {
                double best = best(profile, function, constraint);
                Committee exact = new CommitteeSelector(function, Method.EXACT).select(profile, K, constraint);
                Committee greedy = new CommitteeSelector(function, Method.GREEDY).select(profile, K, constraint);
                assertThat(exact.value()).as(function.name()).isCloseTo(best, within(1e-9));
                assertThat(exact.optimal()).isTrue();
                assertThat(committees(constraint)).anyMatch(c -> Arrays.equals(c, greedy.members()));
                double guaranteed = constraint == CONSTRAINTS.getFirst() ? 1 - 1 / Math.E : .5;
                assertThat(greedy.value()).isGreaterThanOrEqualTo(guaranteed * best - 1e-9);
                if (function.isSeparable(K)) {
                    assertThat(greedy.value()).isCloseTo(best, within(1e-9));
                }
            }
        }
    }

    @Property(tries = 60)
    void lazyGreedyIsPlainGreedy(@ForAll long seed) {
        RankingProfile profile = ScoreFunctionTest.random(4, M, seed);
        for (ScoreFunction function :
                List.of(ScoreFunction.chamberlinCourant(), ScoreFunction.approvalChamberlinCourant(2))) {
            for (SelectionConstraint constraint : CONSTRAINTS) {
                assertThat(new CommitteeSelector(function, Method.GREEDY)
                                .select(profile, K, constraint)
                                .items())
                        .isEqualTo(plainGreedy(profile, function, constraint));
            }
        }
    }

    private static List<Integer> plainGreedy(
            RankingProfile profile, ScoreFunction function, SelectionConstraint constraint) {
        List<Integer> members = new ArrayList<>();
        while (members.size() < K) {
            int[] now = members.stream().mapToInt(i -> i).toArray();
            int[] counts = constraint.groups().counts(now);
            int next = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int item = 0; item < M; item++) {
                if (members.contains(item) || !constraint.admits(item, counts, K - members.size())) {
                    continue;
                }
                int[] with = Arrays.copyOf(now, now.length + 1);
                with[now.length] = item;
                double value = function.value(profile, with);
                if (value > most) {
                    most = value;
                    next = item;
                }
            }
            members.add(next);
        }
        return members.stream().sorted().toList();
    }

    /** Items and groups renamed together: another committee, of the same worth. */
    @Property(tries = 50)
    void renamingItemsDoesNotChangeWhatCanBeHad(@ForAll long seed) {
        RankingProfile profile = ScoreFunctionTest.random(5, M, seed);
        int[] names = ScoreFunctionTest.random(1, M, seed + 1).ranking(0);
        int[][] rankings = new int[5][];
        int[] groups = new int[M];
        for (int v = 0; v < 5; v++) {
            rankings[v] =
                    Arrays.stream(profile.ranking(v)).map(item -> names[item]).toArray();
        }
        for (int item = 0; item < M; item++) {
            groups[names[item]] = HALVES.group(item);
        }
        for (ScoreFunction function : ScoreFunctionTest.ALL) {
            CommitteeSelector exact = new CommitteeSelector(function, Method.EXACT);
            assertThat(exact.select(
                                    RankingProfile.of(rankings),
                                    K,
                                    SelectionConstraint.exactly(Groups.of(groups), 1, 2))
                            .value())
                    .as(function.name())
                    .isCloseTo(
                            exact.select(profile, K, SelectionConstraint.exactly(HALVES, 1, 2))
                                    .value(),
                            within(1e-9));
        }
    }

    /** All committees of most worth are those that enumeration finds. */
    @Property(tries = 30)
    void allOptimalCommitteesAreFound(@ForAll long seed) {
        RankingProfile profile = ScoreFunctionTest.random(3, M, seed);
        for (ScoreFunction function : ScoreFunctionTest.ALL) {
            for (SelectionConstraint constraint : CONSTRAINTS) {
                double best = best(profile, function, constraint);
                List<List<Integer>> expected = committees(constraint).stream()
                        .filter(committee -> function.value(profile, committee) >= best - 1e-9)
                        .map(committee -> Arrays.stream(committee).boxed().toList())
                        .toList();
                assertThat(new CommitteeSelector(function, Method.EXACT).selectAll(profile, K, constraint))
                        .extracting(Committee::items)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Property(tries = 50)
    void someQuotaHoldsTheBestWithoutConstraint(@ForAll long seed) {
        RankingProfile profile = ScoreFunctionTest.random(5, M, seed);
        for (ScoreFunction function : List.of(ScoreFunction.borda(), ScoreFunction.chamberlinCourant())) {
            CommitteeSelector selector = new CommitteeSelector(function, Method.EXACT);
            List<Committee> quotas = selector.selectForEachQuota(profile, K, HALVES, 1);
            assertThat(quotas).hasSize(K + 1);
            assertThat(quotas.stream().mapToDouble(Committee::value).max().orElseThrow())
                    .isCloseTo(
                            selector.select(profile, K, SelectionConstraint.none(M))
                                    .value(),
                            within(1e-9));
            for (int q = 0; q <= K; q++) {
                assertThat(quotas.get(q).groupCounts()).containsExactly(K - q, q);
            }
        }
    }

    @Test
    void tiesGoToTheSmallerItemOrToChance() {
        RankingProfile tied = RankingProfile.of(new int[] {0, 1, 2}, new int[] {2, 1, 0}, new int[] {1, 0, 2});
        CommitteeSelector sntv = new CommitteeSelector(ScoreFunction.sntv(), Method.GREEDY);
        SelectionConstraint none = SelectionConstraint.none(3);
        assertThat(sntv.select(tied, 2, none).items()).containsExactly(0, 1);
        assertThat(sntv.selectAll(tied, 2, none))
                .extracting(Committee::items)
                .containsExactly(List.of(0, 1), List.of(0, 2), List.of(1, 2));
        CommitteeSelector byChance = sntv.withRandomTies(new Random(1));
        assertThat(IntStream.range(0, 50)
                        .mapToObj(i -> byChance.select(tied, 2, none).items())
                        .distinct()
                        .count())
                .isEqualTo(3);
    }

    /** Items 0 and 1 have a first, two third and a fifth place, whose fractions add up otherwise in another order. */
    @Test
    void roundingBreaksNoTies() {
        int[][] places = {{2, 4}, {2, 0}, {4, 2}, {0, 2}};
        for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}, {1, 0, 3, 2}}) {
            int[][] rankings = new int[4][];
            for (int v = 0; v < 4; v++) {
                rankings[v] = ranking(places[order[v]][0], places[order[v]][1]);
            }
            RankingProfile profile = RankingProfile.of(rankings);
            for (ScoreFunction function : List.of(ScoreFunction.dowdall(), fractions(t -> 1.0 / (t + 1)))) {
                for (Method method : Method.values()) {
                    assertThat(new CommitteeSelector(function, method)
                                    .select(profile, 2, SelectionConstraint.none(7))
                                    .items())
                            .containsExactly(0, 2);
                }
            }
        }
    }

    private static ScoreFunction fractions(ScoreFunction.MemberFactor factor) {
        return new ScoreFunction("fractions", (r, m) -> 1 / (r + 1.0), factor);
    }

    /** Items 0 and 1 at two places, the others after their numbers around them. */
    private static int[] ranking(int ofZero, int ofOne) {
        int[] ranking = new int[7];
        int next = 2;
        for (int place = 0; place < 7; place++) {
            ranking[place] = place == ofZero ? 0 : place == ofOne ? 1 : next++;
        }
        return ranking;
    }

    @Test
    void proportionalSeatsUseLargestRemainders() {
        assertThat(SelectionConstraint.proportional(Groups.of(0, 0, 0, 1, 1, 2, 2), 4)
                        .lower())
                .containsExactly(2, 1, 1);
        assertThat(SelectionConstraint.proportional(HALVES, 3).lower()).containsExactly(2, 1);
    }

    @Test
    void infeasibleBoundsAreNamed() {
        RankingProfile profile = ScoreFunctionTest.random(3, M, 1);
        CommitteeSelector selector = new CommitteeSelector(ScoreFunction.borda(), Method.GREEDY);
        assertThatThrownBy(() -> selector.select(profile, 9, SelectionConstraint.none(M)))
                .hasMessageContaining("not 9");
        assertThatThrownBy(() -> selector.select(profile, 3, SelectionConstraint.exactly(HALVES, 2, 2)))
                .hasMessageContaining("lower bounds")
                .hasMessageContaining("4 seats of 3");
        assertThatThrownBy(() -> selector.select(profile, 6, SelectionConstraint.atLeast(HALVES, 1, 5)))
                .hasMessageContaining("group G2")
                .hasMessageContaining("4 items");
        assertThatThrownBy(() ->
                        selector.select(profile, 3, SelectionConstraint.of(HALVES, new int[] {0, 0}, new int[] {1, 1})))
                .hasMessageContaining("upper bounds");
        assertThatThrownBy(() -> selector.select(profile, 3, SelectionConstraint.none(5)))
                .hasMessageContaining("group");
        assertThatThrownBy(() -> SelectionConstraint.of(HALVES, new int[] {2, 0}, new int[] {1, 1}))
                .hasMessageContaining("G1");
    }
}
