package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.UnknownItemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Votes by the true order, or now and then, not having looked, in an order that is uniformly random. */
public final class TrueOrderVoter implements SimulatedVoter {

    private final Map<String, Integer> place = new HashMap<>();
    private final double noise;
    private final RandomGenerator random;

    /**
     * Makes a voter.
     *
     * @param order the items, best first
     * @param noise how often the vote is random, in [0, 1]
     */
    public TrueOrderVoter(List<String> order, double noise, RandomGenerator random) {
        VoterTrust.requireFraction(noise);
        for (String item : order) {
            place.put(item, place.size());
        }
        this.noise = noise;
        this.random = random;
    }

    @Override
    public Ballot vote(String match, List<String> items) {
        List<String> sorted = new ArrayList<>(items);
        if (noise > 0 && random.nextDouble() < noise) {
            Collections.shuffle(sorted, java.util.Random.from(random));
        } else {
            sorted.sort((a, b) -> Integer.compare(place(a), place(b)));
        }
        int[] ranks = new int[items.size()];
        Arrays.setAll(ranks, i -> i);
        return Ballot.ranked(match, sorted, ranks);
    }

    private int place(String item) {
        Integer known = place.get(item);
        if (known == null) {
            throw new UnknownItemException("the true order does not hold '" + item + "'");
        }
        return known;
    }
}
