package dev.steelyard.benchmarks.ranking;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.SkillModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ballots of voters who see skills with noise, each with strings and arrays of its own, as a vote file gives them. */
final class Votes {

    private static final double NOISE = 0.2;

    private final List<String> items = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);

    Votes(int items) {
        for (int i = 0; i < items; i++) {
            this.items.add("item-" + i);
        }
    }

    void addTo(SkillModel model) {
        items.forEach(model::add);
    }

    /** Ballots over items that are drawn with equal chances; the item's number is its skill. */
    List<Ballot> draw(int count, int size) {
        List<Ballot> ballots = new ArrayList<>(count);
        for (int b = 0; b < count; b++) {
            ballots.add(ballot("match-" + b, size));
        }
        return ballots;
    }

    private Ballot ballot(String id, int size) {
        int[] met = random.ints(0, items.size()).distinct().limit(size).toArray();
        double[] seen = Arrays.stream(met)
                .mapToDouble(item -> (double) item / items.size() + NOISE * random.nextGaussian())
                .toArray();
        int[] ranks = new int[size];
        for (int i = 0; i < size; i++) {
            for (int q = 0; q < size; q++) {
                ranks[i] += seen[q] > seen[i] ? 1 : 0;
            }
        }
        return Ballot.ranked(id, Arrays.stream(met).mapToObj(items::get).toList(), ranks);
    }
}
