package dev.steelyard.ranking.dla;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.letor.JudgedQuery;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Teaches by known grades, over queries drawn with replacement. */
public final class JudgedLists implements Teaching {

    private final List<JudgedQuery> queries;
    private final int size;
    private final Seeds seeds;

    /**
     * @param size queries a step
     * @throws IllegalArgumentException if no document is relevant
     */
    public JudgedLists(List<JudgedQuery> queries, int size, Seeds seeds) {
        if (queries.stream().flatMapToInt(query -> IntStream.of(query.grades())).allMatch(grade -> grade == 0)) {
            throw new IllegalArgumentException("no document is relevant; there is nothing to learn from");
        }
        this.queries = List.copyOf(queries);
        this.size = size;
        this.seeds = seeds;
    }

    @Override
    public boolean teach(ClickLearner learner, long step) {
        if (!(learner instanceof WeightedClickLearner weighted)) {
            throw new IllegalArgumentException("grades are learnt by a WeightedClickLearner only");
        }
        SplittableRandom random =
                new SplittableRandom(seeds.child("queries", step).value());
        return weighted.learnGrades(
                random.ints(size, 0, queries.size()).mapToObj(queries::get).toList());
    }
}
