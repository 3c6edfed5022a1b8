package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.Match;
import dev.steelyard.ranking.Rating;
import dev.steelyard.ranking.krank.MatchmakerOptions.OpponentRule;
import dev.steelyard.ranking.krank.MatchmakerOptions.PivotRule;
import dev.steelyard.ranking.krank.MatchmakerOptions.TieBreak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KRankMatchmakerTest {

    private static final MatchmakerOptions LOWEST = MatchmakerOptions.defaults().withTies(TieBreak.LOWEST_INDEX);

    /** Items a, b, c, ... whose conservative scores are the numbers. */
    private static KRank scores(double... scores) {
        KRank model = new KRank(KRankOptions.paper());
        for (int i = 0; i < scores.length; i++) {
            model.add(String.valueOf((char) ('a' + i)), new Rating(scores[i] + 3, 1));
        }
        return model;
    }

    @Test
    void theBoundPrefersSimilarAndSeldomMet() {
        assertThat(UpperConfidence.bound(5, 2, 1, 100, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(UpperConfidence.bound(5, 2, 1, 100, 4)).isCloseTo(-3 + Math.sqrt(Math.log(100) / 4), within(1e-15));
        assertThat(UpperConfidence.bound(5, 2, 2, 0, 4)).isEqualTo(-3);
        assertThat(UpperConfidence.bound(5, 2, 2, 1, 4)).isEqualTo(-3);
    }

    @Test
    void selectionByHand() {
        int[][] meetings = {{0, 2, 1, 0}, {2, 0, 1, 1}, {1, 1, 0, 3}, {0, 1, 3, 0}};
        // Sums 3, 4, 5, 4: the pivot is 0. It never met 3; of 1 and 2, -1 + sqrt(ln 9 / 2) = 0.05 beats -2 + 1.48.
        assertThat(UpperConfidence.select(new double[] {0, 1, 2, 50}, meetings, 9, 2, 1))
                .containsExactly(0, 3);
        assertThat(UpperConfidence.select(new double[] {0, 1, 2, 50}, meetings, 9, 3, 1))
                .containsExactly(0, 3, 1);
        assertThat(UpperConfidence.select(new double[] {0, 1, 2, 50}, new int[4][4], 0, 4, 1))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void amongThoseNeverMetTheNearestComes() {
        KRankMatchmaker matchmaker = new KRankMatchmaker(LOWEST, 0);
        Match match = matchmaker.next(scores(10, 30, 11, 9, 50), 3);
        assertThat(match.pivot()).isEqualTo("a");
        assertThat(match.items()).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(match.propensity()).isEqualTo(1);
        assertThat(match.candidates()).hasSize(4);
        assertThat(match.candidates().getFirst().bound()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aMatchHandedOutCountsAtOnce() {
        KRank model = scores(10, 10, 20, 20);
        KRankMatchmaker matchmaker = new KRankMatchmaker(LOWEST, 0);
        Match first = matchmaker.next(model, 2, Instant.ofEpochSecond(10));
        Match second = matchmaker.next(model, 2, Instant.ofEpochSecond(20));
        assertThat(new HashSet<>(first.items())).doesNotContainAnyElementsOf(second.items());
        assertThat(matchmaker.pending()).isEqualTo(2);
        assertThat(matchmaker.matches()).isEqualTo(2);
        assertThat(matchmaker.meetings("a", "b")).isEqualTo(1);
        assertThat(matchmaker.releaseBefore(Instant.ofEpochSecond(15))).isEqualTo(1);
        assertThat(matchmaker.meetings("a", "b")).isZero();
        assertThat(matchmaker.matches()).isEqualTo(1);
        matchmaker.voted(second.id());
        assertThat(matchmaker.pending()).isZero();
        assertThat(matchmaker.meetings("c", "d")).isEqualTo(1);
        String before = matchmaker.snapshot().toJson();
        assertThatThrownBy(() -> matchmaker.voted(second.id())).hasMessageContaining("counted once");
        assertThatThrownBy(() -> matchmaker.release(77)).hasMessageContaining("never handed out");
        assertThat(matchmaker.snapshot().toJson()).isEqualTo(before);
    }

    /** Twenty thousand items have two hundred million pairs; only those that met take room. */
    @Test
    void onlyPairsThatMetAreKept() {
        KRankMatchmaker matchmaker = new KRankMatchmaker(LOWEST, 0);
        for (int i = 0; i < 20_000; i += 2) {
            matchmaker.observe(Ballot.ordered("m" + i, "item-" + i, "item-" + (i + 1)));
        }
        assertThat(matchmaker.snapshot().state("counts").integers("pairs")).hasSize(10_000);
        assertThat(matchmaker.meetings("item-7", "item-6")).isEqualTo(1);
        assertThat(matchmaker.meetings("item-7", "item-8")).isZero();
        String before = matchmaker.snapshot().state("counts").toJson();
        matchmaker.reopen(3, List.of("item-1", "item-2"), Instant.EPOCH);
        matchmaker.release(3);
        assertThat(matchmaker.snapshot().state("counts").toJson()).isEqualTo(before);
    }

    @Test
    void aNewItemIsThePivotUntilItsCountHasCaughtUp() {
        KRank model = scores(10, 12, 14, 16);
        KRankMatchmaker matchmaker = new KRankMatchmaker(MatchmakerOptions.defaults(), 1);
        for (int i = 0; i < 40; i++) {
            matchmaker.voted(matchmaker.next(model, 2).id());
        }
        model.add("new");
        int pivot = 0;
        while (matchmaker.next(model, 2).pivot().equals("new")) {
            pivot++;
        }
        // 40 matches of 2 are 20 meetings an item, to which the opponents of the new one add.
        assertThat(pivot).isBetween(18, 28);
    }

    @Test
    void aRetiredItemMeetsNoOne() {
        KRank model = scores(10, 12, 14);
        model.retire("b");
        KRankMatchmaker matchmaker = new KRankMatchmaker(MatchmakerOptions.defaults(), 1);
        for (int i = 0; i < 10; i++) {
            assertThat(matchmaker.next(model, 2).items()).doesNotContain("b");
        }
        assertThatThrownBy(() -> matchmaker.next(model, 3)).hasMessageContaining("pool's 2, not 3");
        assertThatThrownBy(() -> matchmaker.next(model, 1)).hasMessageContaining("not 1");
    }

    @Test
    void propensitiesAreThoseOfTheDraws() {
        KRank equal = scores(10, 10, 10, 10, 10);
        // Any of 5 as the pivot, then 2 of 4.
        assertThat(new KRankMatchmaker(MatchmakerOptions.defaults(), 3)
                        .next(equal, 3)
                        .propensity())
                .isCloseTo(1.0 / 5 / 6, within(1e-15));
        assertThat(new KRankMatchmaker(MatchmakerOptions.random(), 3)
                        .next(scores(1, 2, 3, 4, 5), 3)
                        .propensity())
                .isCloseTo(1.0 / 5 / 6, within(1e-15));
        // The nearest is sure, one of the two next is drawn.
        KRankMatchmaker similar = new KRankMatchmaker(
                new MatchmakerOptions(PivotRule.FEWEST_COMPARISONS, OpponentRule.SIMILAR_SKILL, 1, TieBreak.RANDOM), 5);
        similar.observe(Ballot.ordered("x", "b", "c"));
        similar.observe(Ballot.ordered("x", "d", "e"));
        Match match = similar.next(scores(10, 11, 13, 7, 30), 3);
        assertThat(match.pivot()).isEqualTo("a");
        assertThat(match.items()).contains("a", "b");
        assertThat(match.propensity()).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void aRestoredMatchmakerGoesOnExactly() {
        KRank model = scores(10, 10, 11, 12, 13, 14);
        KRankMatchmaker original = new KRankMatchmaker(MatchmakerOptions.defaults(), 9);
        for (int i = 0; i < 30; i++) {
            Match match = original.next(model, 3, Instant.ofEpochSecond(i, 7));
            if (i % 3 == 0) {
                original.voted(match.id());
            }
        }
        KRankMatchmaker restored = new KRankMatchmaker(MatchmakerOptions.defaults(), 0);
        restored.restore(State.fromJson(original.snapshot().toJson()));
        for (int i = 0; i < 20; i++) {
            assertThat(restored.next(model, 4)).isEqualTo(original.next(model, 4));
        }
        original.release(1);
        restored.release(1);
        assertThat(restored.snapshot()).isEqualTo(original.snapshot());
        String before = restored.snapshot().toJson();
        assertThatThrownBy(() -> restored.restore(new KRankMatchmaker(LOWEST, 0).snapshot()))
                .isInstanceOf(StateException.class);
        assertThatThrownBy(() -> restored.restore(model.snapshot())).isInstanceOf(StateException.class);
        assertThat(restored.snapshot().toJson()).isEqualTo(before);
        assertThatThrownBy(() -> LOWEST.withAlpha(-1)).hasMessageContaining("alpha");
    }

    @Property(tries = 100)
    void allPairsMeetBeforeAnyPivotMeetsOneTwice(@ForAll @IntRange(min = 3, max = 12) int items, @ForAll long seed) {
        double[] scores = new double[items];
        for (int i = 0; i < items; i++) {
            scores[i] = 3.0 * i;
        }
        KRank model = scores(scores);
        KRankMatchmaker matchmaker = new KRankMatchmaker(MatchmakerOptions.defaults(), seed);
        long previous = 0;
        for (int i = 0; i < 3 * items; i++) {
            Match match = matchmaker.next(model, 2);
            String opponent = match.items().get(match.items().get(0).equals(match.pivot()) ? 1 : 0);
            long meetings = matchmaker.meetings(match.pivot(), opponent);
            Set<Long> others = new HashSet<>();
            for (String item : model.items()) {
                if (!item.equals(match.pivot())) {
                    others.add(matchmaker.meetings(match.pivot(), item));
                }
            }
            if (meetings > 1) {
                assertThat(others).doesNotContain(0L);
            }
            assertThat(matchmaker.matches()).isEqualTo(++previous);
        }
        long sum = 0;
        List<String> pool = model.items();
        for (int i = 0; i < items; i++) {
            for (int q = 0; q < i; q++) {
                assertThat(matchmaker.meetings(pool.get(i), pool.get(q)))
                        .isEqualTo(matchmaker.meetings(pool.get(q), pool.get(i)));
                sum += matchmaker.meetings(pool.get(i), pool.get(q));
            }
        }
        assertThat(sum).isEqualTo(matchmaker.matches());
    }

    /** The choice from the pairs that met is that from a table of all pairs, whoever comes, goes or is taken back. */
    @Property(tries = 60)
    void theChoiceIsThatFromATableOfAllPairs(@ForAll long seed) {
        Random random = new Random(seed);
        KRank model = scores(random.doubles(6, 0, 4).toArray());
        List<String> all = new ArrayList<>(model.items());
        KRankMatchmaker matchmaker = new KRankMatchmaker(LOWEST, 0);
        for (int i = 0; i < 40; i++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    all.add("late" + i);
                    model.add("late" + i, new Rating(random.nextInt(7), 1));
                }
                case 1 -> {
                    if (model.items().size() > 5) {
                        model.retire(
                                model.items().get(random.nextInt(model.items().size())));
                    }
                }
                case 2 -> matchmaker.observe(Ballot.ordered("x", all.get(random.nextInt(3)), all.get(3), "stranger"));
                case 3 ->
                    matchmaker.restore(State.fromJson(matchmaker.snapshot().toJson()));
                default -> {
                    // A match or two, above.
                }
            }
            List<String> pool = model.items();
            int[][] meetings = new int[pool.size()][pool.size()];
            boolean strangers = false;
            for (int a = 0; a < pool.size(); a++) {
                for (int b = 0; b < pool.size(); b++) {
                    meetings[a][b] = (int) matchmaker.meetings(pool.get(a), pool.get(b));
                }
                // The pivot counts those who left too, which a table of the pool does not hold.
                for (String other : all) {
                    strangers |= !pool.contains(other) && matchmaker.meetings(pool.get(a), other) > 0;
                }
                strangers |= matchmaker.meetings(pool.get(a), "stranger") > 0;
            }
            int[] expected = UpperConfidence.select(model.scores(), meetings, matchmaker.matches(), 3, 1);
            Match match = matchmaker.next(model, 3);
            int pivot = pool.indexOf(match.pivot());
            if (!strangers) {
                assertThat(match.items())
                        .containsExactlyInAnyOrder(pool.get(expected[0]), pool.get(expected[1]), pool.get(expected[2]));
            }
            for (Match.Candidate candidate : match.candidates()) {
                int other = pool.indexOf(candidate.item());
                assertThat(candidate.bound())
                        .isEqualTo(UpperConfidence.bound(
                                model.scores()[pivot],
                                model.scores()[other],
                                1,
                                matchmaker.matches() - 1,
                                meetings[pivot][other]));
            }
            if (random.nextInt(3) == 0) {
                matchmaker.release(match.id());
            }
        }
    }

    @Test
    void takesUpMatchesThatALogTellsOf() {
        KRank model = new KRank(KRankOptions.defaults());
        List.of("a", "b", "c", "d").forEach(model::add);
        KRankMatchmaker first = new KRankMatchmaker(MatchmakerOptions.defaults(), 1);
        Match open = first.next(model, 3, Instant.EPOCH);
        KRankMatchmaker second = new KRankMatchmaker(MatchmakerOptions.defaults(), 2);
        second.reopen(open.id(), open.items(), Instant.EPOCH);
        assertThat(second.pending()).isEqualTo(1);
        assertThat(second.meetings(open.items().get(0), open.items().get(1))).isEqualTo(1);
        assertThatThrownBy(() -> second.reopen(open.id(), open.items(), Instant.EPOCH))
                .hasMessageContaining("pending already");
        assertThatThrownBy(() -> second.reopen(7, List.of("a", "a"), Instant.EPOCH))
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> second.reopen(-1, List.of("a", "b"), Instant.EPOCH))
                .hasMessageContaining("-1");
        second.reopen(7, List.of("a", "b"), Instant.EPOCH);
        assertThat(second.next(model, 2, Instant.EPOCH).id()).isEqualTo(8);
        second.release(open.id());
        second.voted(7);
        assertThat(second.matches()).isEqualTo(2);
    }
}
