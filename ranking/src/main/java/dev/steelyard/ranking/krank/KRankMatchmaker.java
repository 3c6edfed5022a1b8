package dev.steelyard.ranking.krank;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.ItemPool;
import dev.steelyard.ranking.Match;
import dev.steelyard.ranking.Matchmaker;
import dev.steelyard.ranking.SkillModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * K-Sort Arena's choice of who meets, by {@link UpperConfidence}, and the two it is measured against (matches at random,
 * nearest skills). Works with any skill model's scores.
 *
 * <pre>{@code
 * Matchmaker matchmaker = new KRankMatchmaker(MatchmakerOptions.defaults(), 42);
 * Match match = matchmaker.next(model, 4);
 * model.record(Ballot.ranked("match-" + match.id(), match.items(), ranksOfTheVoter));
 * matchmaker.voted(match.id());
 * }</pre>
 */
public final class KRankMatchmaker implements Matchmaker {

    private static final String NAME = "krank-matchmaker";

    private final MatchmakerOptions options;
    private final RestorableRandom random;
    private ItemPool known = new ItemPool();
    private PairCounts counts = new PairCounts();
    private long matches;
    private long nextId;
    private Map<Long, Pending> pending = new LinkedHashMap<>();

    /** The pool of the last match, its items' numbers, and of each number its place in the pool, -1 without one. */
    private List<String> lastPool = List.of();

    private int[] lastNumbers = {};
    private int[] lastPlaces = {};

    private record Pending(int[] items, Instant since) {}

    /** Makes a matchmaker that has seen no match; all its draws follow from the seed. */
    public KRankMatchmaker(MatchmakerOptions options, long seed) {
        this.options = options;
        this.random = new RestorableRandom(seed);
    }

    @Override
    public Match next(SkillModel model, int size, Instant now) {
        List<String> pool = model.items();
        UpperConfidence.requireSize(size, pool.size());
        int[] items = numbers(pool);
        Pivot pivot = pivot(items);
        double[] bounds = new double[items.length];
        double[] gaps = new double[items.length];
        if (options.opponents() != MatchmakerOptions.OpponentRule.RANDOM) {
            // Asked for only where they matter: the scores of a batch model cost a fit.
            bound(model.scores(), items, pivot.position(), bounds, gaps);
        }
        int[] chosen = UpperConfidence.select(pivot.position(), bounds, gaps, keys(items.length), size);
        return handOut(pool, items, chosen, bounds, pivot.probability() * drawn(chosen, bounds, gaps), now);
    }

    /** The items' numbers; looked up by name only where the pool is not that of the last match. */
    private int[] numbers(List<String> pool) {
        if (pool != lastPool && !pool.equals(lastPool)) {
            lastNumbers = pool.stream().mapToInt(this::number).toArray();
            lastPlaces = new int[known.size()];
            Arrays.fill(lastPlaces, -1);
            for (int place = 0; place < lastNumbers.length; place++) {
                lastPlaces[lastNumbers[place]] = place;
            }
            lastPool = List.copyOf(pool);
        }
        return lastNumbers;
    }

    private void bound(double[] scores, int[] items, int pivot, double[] bounds, double[] gaps) {
        boolean similar = options.opponents() == MatchmakerOptions.OpponentRule.SIMILAR_SKILL;
        for (int q = 0; q < items.length; q++) {
            gaps[q] = Math.abs(scores[pivot] - scores[q]);
            bounds[q] = similar ? -gaps[q] : Double.POSITIVE_INFINITY;
        }
        if (similar) {
            return;
        }
        double logMatches = UpperConfidence.logOf(matches);
        int item = items[pivot];
        for (int n = 0; n < counts.opponents(item); n++) {
            int other = counts.opponent(item, n);
            int q = other < lastPlaces.length ? lastPlaces[other] : -1;
            if (q >= 0) {
                bounds[q] = UpperConfidence.bound(gaps[q], options.alpha(), logMatches, counts.get(item, other));
            }
        }
    }

    private record Pivot(int position, double probability) {}

    private Pivot pivot(int[] items) {
        if (options.pivot() == MatchmakerOptions.PivotRule.RANDOM) {
            return new Pivot(random.nextInt(items.length), 1.0 / items.length);
        }
        long fewest = Long.MAX_VALUE;
        int ties = 0;
        for (int item : items) {
            long total = counts.total(item);
            ties = total < fewest ? 1 : total == fewest ? ties + 1 : ties;
            fewest = Math.min(fewest, total);
        }
        boolean draw = options.ties() == MatchmakerOptions.TieBreak.RANDOM;
        int skip = draw ? random.nextInt(ties) : 0;
        for (int i = 0; i < items.length; i++) {
            if (counts.total(items[i]) == fewest && skip-- == 0) {
                return new Pivot(i, draw ? 1.0 / ties : 1);
            }
        }
        throw new IllegalStateException("one item has the fewest meetings");
    }

    private boolean draws() {
        return options.ties() == MatchmakerOptions.TieBreak.RANDOM
                || options.opponents() == MatchmakerOptions.OpponentRule.RANDOM;
    }

    private long[] keys(int size) {
        long[] keys = new long[size];
        if (draws()) {
            Arrays.setAll(keys, i -> random.nextLong());
        }
        return keys;
    }

    /** The probability of these opponents: a draw decided among those that equal the last one chosen. */
    private double drawn(int[] chosen, double[] bounds, double[] gaps) {
        if (!draws()) {
            return 1;
        }
        int last = chosen[chosen.length - 1];
        int equal = 0;
        for (int q = 0; q < bounds.length; q++) {
            equal += q != chosen[0] && bounds[q] == bounds[last] && gaps[q] == gaps[last] ? 1 : 0;
        }
        int taken = 0;
        for (int k = 1; k < chosen.length; k++) {
            taken += bounds[chosen[k]] == bounds[last] && gaps[chosen[k]] == gaps[last] ? 1 : 0;
        }
        double ways = 1;
        for (int k = 0; k < taken; k++) {
            ways = ways * (equal - k) / (k + 1);
        }
        return 1 / ways;
    }

    private Match handOut(
            List<String> pool, int[] items, int[] chosen, double[] bounds, double propensity, Instant now) {
        List<String> shown = new ArrayList<>();
        int[] met = new int[chosen.length];
        for (int k = 0; k < chosen.length; k++) {
            shown.add(pool.get(chosen[k]));
            met[k] = items[chosen[k]];
        }
        List<Match.Candidate> candidates = new ArrayList<>(items.length);
        for (int q = 0; q < items.length; q++) {
            if (q != chosen[0]) {
                candidates.add(new Match.Candidate(pool.get(q), bounds[q]));
            }
        }
        long displaySeed = random.nextLong();
        Collections.shuffle(shown, new Random(displaySeed));
        long id = nextId++;
        count(met);
        pending.put(id, new Pending(met, now));
        return new Match(id, shown, pool.get(chosen[0]), candidates, propensity, displaySeed);
    }

    @Override
    public void reopen(long match, List<String> items, Instant since) {
        if (match < 0) {
            throw new IllegalArgumentException("matches are counted from 0, there is no " + match);
        }
        if (pending.containsKey(match)) {
            throw new IllegalArgumentException("match " + match + " is pending already; reopen it once");
        }
        if (items.size() < 2 || items.stream().distinct().count() < items.size()) {
            throw new IllegalArgumentException(
                    "match " + match + " is between " + items + "; name at least 2 items, each once");
        }
        int[] met = items.stream().mapToInt(this::number).toArray();
        count(met);
        pending.put(match, new Pending(met, since));
        nextId = Math.max(nextId, match + 1);
    }

    private int number(String item) {
        return known.knows(item) ? known.number(item) : known.add(item);
    }

    private void count(int[] met) {
        counts.add(met, 1);
        matches++;
    }

    @Override
    public void voted(long match) {
        close(match);
    }

    @Override
    public void release(long match) {
        counts.add(close(match).items(), -1);
        matches--;
    }

    @Override
    public int releaseBefore(Instant time) {
        List<Long> late = pending.entrySet().stream()
                .filter(entry -> entry.getValue().since().isBefore(time))
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(this::release);
        return late.size();
    }

    private Pending close(long match) {
        Pending closed = pending.remove(match);
        if (closed == null) {
            throw new IllegalArgumentException(
                    match >= 0 && match < nextId
                            ? "match " + match + " had its vote or was released; a vote is counted once"
                            : "match " + match + " was never handed out; " + nextId + " were, counted from 0");
        }
        return closed;
    }

    @Override
    public void observe(Ballot ballot) {
        int[] met = new int[ballot.size()];
        Arrays.setAll(met, i -> number(ballot.items().get(i)));
        count(met);
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public long matches() {
        return matches;
    }

    @Override
    public long meetings(String item, String other) {
        return known.knows(item) && known.knows(other) && !item.equals(other)
                ? counts.get(known.number(item), known.number(other))
                : 0;
    }

    @Override
    public State snapshot() {
        List<State> open = new ArrayList<>();
        pending.forEach((id, match) -> open.add(State.of("match")
                .put("id", id)
                .put("items", match.items())
                .put("second", match.since().getEpochSecond())
                .put("nano", match.since().getNano())));
        return State.of(NAME)
                .put("options", options.toString())
                .put("known", known.state())
                .put("counts", counts.state(known.size()))
                .put("matches", matches)
                .put("nextId", nextId)
                .put("pending", open)
                .put("random", random.state());
    }

    @Override
    public void restore(State snapshot) {
        snapshot.require(NAME);
        if (!snapshot.text("options").equals(options.toString())) {
            throw new StateException("the saved matchmaker has the options " + snapshot.text("options")
                    + "; restore it into one of those, not of " + options);
        }
        ItemPool savedKnown = ItemPool.from(snapshot.state("known"));
        PairCounts savedCounts = PairCounts.from(snapshot.state("counts"), savedKnown.size());
        long savedMatches = snapshot.integer("matches");
        long savedNextId = snapshot.integer("nextId");
        Map<Long, Pending> savedPending = new LinkedHashMap<>();
        for (State open : snapshot.states("pending")) {
            long[] met = open.integers("items");
            for (long item : met) {
                if (item < 0 || item >= savedKnown.size()) {
                    throw new StateException("a saved pending match names item " + item + " of " + savedKnown.size());
                }
            }
            savedPending.put(
                    open.integer("id"),
                    new Pending(
                            Arrays.stream(met).mapToInt(Math::toIntExact).toArray(),
                            Instant.ofEpochSecond(open.integer("second"), open.integer("nano"))));
        }
        random.restore(snapshot.state("random"));
        lastPool = List.of();
        known = savedKnown;
        counts = savedCounts;
        matches = savedMatches;
        nextId = savedNextId;
        pending = savedPending;
    }
}
