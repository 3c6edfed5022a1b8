package dev.steelyard.ranking.dla;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.Ranker;
import dev.steelyard.ranking.click.ClickModel;
import dev.steelyard.ranking.click.PerceivedRelevance;
import dev.steelyard.ranking.letor.JudgedQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Sessions of simulated users over judged queries. Each list is drawn by numbers of its own step and place in the batch, so
 * that any step can be drawn again.
 */
public final class SimulatedSessions implements SessionSource {

    /** Lists drawn in vain before it is said that these users do not click. */
    private static final int MOST_REDRAWS = 10_000;

    private final List<double[][]> documents;
    private final List<double[]> relevance;
    private final ClickModel users;
    private final int size;
    private final boolean clickedOnly;
    private final Seeds seeds;

    /**
     * @param queries with grades, documents in the order shown
     * @param users who click
     * @param perceived how relevant they find a grade
     * @param positions documents shown; those beyond are not
     * @param size sessions a batch
     * @param clickedOnly whether sessions without a click are drawn anew
     */
    public SimulatedSessions(
            List<JudgedQuery> queries,
            ClickModel users,
            PerceivedRelevance perceived,
            int positions,
            int size,
            boolean clickedOnly,
            Seeds seeds) {
        if (queries.isEmpty() || size < 1 || positions < 1) {
            throw new IllegalArgumentException("there must be at least one query, session a batch and position, not "
                    + queries.size() + ", " + size + " and " + positions);
        }
        this.documents = queries.stream()
                .map(query -> Arrays.copyOf(query.features(), Math.min(query.size(), positions)))
                .toList();
        this.relevance = queries.stream()
                .map(query -> Arrays.stream(query.grades())
                        .limit(positions)
                        .mapToDouble(perceived::of)
                        .toArray())
                .toList();
        this.users = users;
        this.size = size;
        this.clickedOnly = clickedOnly;
        this.seeds = seeds;
    }

    /** The queries with their documents in the order in which a ranker shows them. */
    public static List<JudgedQuery> shownBy(Ranker ranker, List<JudgedQuery> queries) {
        return queries.stream()
                .map(query -> {
                    int[] order = ranker.rank(query.features());
                    return new JudgedQuery(
                            query.id(),
                            Arrays.stream(order)
                                    .mapToObj(d -> query.features()[d])
                                    .toArray(double[][]::new),
                            Arrays.stream(order).map(d -> query.grades()[d]).toArray(),
                            IntStream.of(order).mapToObj(query::document).toList());
                })
                .toList();
    }

    @Override
    public List<ClickedList> batch(long step) {
        SplittableRandom ofStep =
                new SplittableRandom(seeds.child("sessions", step).value());
        List<ClickedList> batch = new ArrayList<>(size);
        for (int b = 0; b < size; b++) {
            batch.add(session(ofStep.split()));
        }
        return batch;
    }

    private ClickedList session(SplittableRandom random) {
        for (int draw = 0; draw < MOST_REDRAWS; draw++) {
            int query = random.nextInt(documents.size());
            ClickedList list = new ClickedList(documents.get(query), users.clicks(relevance.get(query), random));
            if (!clickedOnly || list.isClicked()) {
                return list;
            }
        }
        throw new IllegalArgumentException("of " + MOST_REDRAWS
                + " simulated sessions none has a click; raise the users' noise, or look at the grades");
    }

    /**
     * Clicks by place under results in random order, for {@link Randomisation}.
     *
     * @param sessions how many to show
     */
    public Randomisation randomised(int sessions, int positions) {
        Randomisation randomisation = new Randomisation(positions);
        SplittableRandom random =
                new SplittableRandom(seeds.child("randomisation").value());
        for (int session = 0; session < sessions; session++) {
            double[] shuffled = relevance.get(random.nextInt(relevance.size())).clone();
            for (int i = shuffled.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                double kept = shuffled[i];
                shuffled[i] = shuffled[j];
                shuffled[j] = kept;
            }
            randomisation.add(users.clicks(shuffled, random));
        }
        return randomisation;
    }
}
