package dev.steelyard.ranking.dla;

import dev.steelyard.ranking.click.PerceivedRelevance;
import dev.steelyard.ranking.letor.JudgedQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A search task with known relevance: documents x ~ N(0, I), utility x.w + .3 noise, grades by its quantiles; lists are
 * logged in the order of a ranker that knows w badly.
 */
final class SearchTask {

    static final int FEATURES = 10;
    static final int DOCUMENTS = 10;
    private static final int TRAINING = 500;
    private static final int TEST = 1000;
    private static final double NOISE = .3;
    private static final double[] QUANTILES = {.6, .8, .92, .98};

    private final List<JudgedQuery> training;
    private final List<JudgedQuery> test;
    private final double[] logging;

    SearchTask(RandomGenerator random) {
        double[] weights = gaussian(random, 1 / Math.sqrt(FEATURES));
        double[] wrong = gaussian(random, 1 / Math.sqrt(FEATURES));
        this.logging = new double[FEATURES];
        Arrays.setAll(logging, i -> weights[i] + wrong[i]);
        double[][][] features = new double[TRAINING + TEST][DOCUMENTS][];
        double[][] utilities = new double[features.length][DOCUMENTS];
        for (int q = 0; q < features.length; q++) {
            for (int d = 0; d < DOCUMENTS; d++) {
                features[q][d] = gaussian(random, 1);
                utilities[q][d] = dot(features[q][d], weights) + NOISE * random.nextGaussian();
            }
        }
        double[] sorted = Arrays.stream(utilities)
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
        double[] cuts = Arrays.stream(QUANTILES)
                .map(q -> sorted[(int) (q * sorted.length)])
                .toArray();
        List<JudgedQuery> all = new ArrayList<>();
        for (int q = 0; q < features.length; q++) {
            int[] grades = Arrays.stream(utilities[q])
                    .mapToInt(utility -> (int)
                            Arrays.stream(cuts).filter(cut -> utility >= cut).count())
                    .toArray();
            all.add(logged(new JudgedQuery("q" + q, features[q], grades)));
        }
        this.training = List.copyOf(all.subList(0, TRAINING));
        this.test = List.copyOf(all.subList(TRAINING, all.size()));
    }

    private static double[] gaussian(RandomGenerator random, double scale) {
        double[] draws = new double[FEATURES];
        Arrays.setAll(draws, i -> scale * random.nextGaussian());
        return draws;
    }

    private static double dot(double[] x, double[] w) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * w[i];
        }
        return sum;
    }

    /** The documents in the order in which the logging ranker shows them. */
    private JudgedQuery logged(JudgedQuery query) {
        int[] order = IntStream.range(0, DOCUMENTS)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer d) -> -dot(query.features()[d], logging)))
                .mapToInt(d -> d)
                .toArray();
        return new JudgedQuery(
                query.id(),
                Arrays.stream(order).mapToObj(d -> query.features()[d]).toArray(double[][]::new),
                Arrays.stream(order).map(d -> query.grades()[d]).toArray());
    }

    List<JudgedQuery> training() {
        return training;
    }

    List<JudgedQuery> test() {
        return test;
    }

    /** The logging ranker's score. */
    double logging(double[] document) {
        return dot(document, logging);
    }

    /** How relevant a user finds the query's documents, in their logged order. */
    static double[] relevance(JudgedQuery query) {
        return Arrays.stream(query.grades())
                .mapToDouble(PerceivedRelevance.DEFAULT::of)
                .toArray();
    }
}
