package dev.steelyard.ranking.letor;

import dev.steelyard.ranking.Ranker;
import java.util.Arrays;
import java.util.List;

/**
 * Mean measures of a ranker over judged queries. Queries without a relevant document say nothing of a ranking; they are
 * left out and counted.
 *
 * @param ndcg at the depth
 * @param err at the depth
 * @param meanAveragePrecision over the whole lists
 * @param queries measured
 * @param leftOut queries without a relevant document
 */
public record RankingEvaluator(double ndcg, double err, double meanAveragePrecision, int queries, int leftOut) {

    /**
     * Measures.
     *
     * @param depth of nDCG and ERR
     * @throws IllegalArgumentException if no query has a relevant document
     */
    public static RankingEvaluator evaluate(Ranker ranker, List<JudgedQuery> queries, int depth) {
        int largest = queries.stream()
                .flatMapToInt(query -> Arrays.stream(query.grades()))
                .max()
                .orElse(0);
        if (largest == 0) {
            throw new IllegalArgumentException("no query has a relevant document; there is nothing to measure");
        }
        double ndcg = 0;
        double err = 0;
        double precision = 0;
        int measured = 0;
        for (JudgedQuery query : queries) {
            int[] shown = Arrays.stream(ranker.rank(query.features()))
                    .map(document -> query.grades()[document])
                    .toArray();
            if (Arrays.stream(shown).allMatch(grade -> grade == 0)) {
                continue;
            }
            measured++;
            ndcg += RankingMetrics.ndcg(shown, depth);
            err += RankingMetrics.err(shown, depth, largest);
            precision += RankingMetrics.averagePrecision(shown);
        }
        return new RankingEvaluator(
                ndcg / measured, err / measured, precision / measured, measured, queries.size() - measured);
    }
}
