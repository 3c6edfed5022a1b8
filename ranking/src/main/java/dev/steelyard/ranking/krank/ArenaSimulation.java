package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.Match;
import dev.steelyard.ranking.Matchmaker;
import dev.steelyard.ranking.SkillModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An arena without people: a matchmaker, a simulated voter and a skill model that learns, match by match. */
public final class ArenaSimulation {

    private final SkillModel model;
    private final Matchmaker matchmaker;
    private final SimulatedVoter voter;
    private final int size;
    private long step;

    /**
     * Sets up a simulation.
     *
     * @param size items in a match
     */
    public ArenaSimulation(SkillModel model, Matchmaker matchmaker, SimulatedVoter voter, int size) {
        this.model = model;
        this.matchmaker = matchmaker;
        this.voter = voter;
        this.size = size;
    }

    /** One match from choice to learning; gives its ballot. */
    public Ballot step() {
        Match match = matchmaker.next(model, size);
        Ballot ballot = voter.vote("match-" + step++, match.items());
        model.record(ballot);
        matchmaker.voted(match.id());
        return ballot;
    }

    /**
     * The mean, over the pool, of the squared difference between an item's rank by score and its true rank. Equal scores
     * are ranked in the order in which the items came.
     *
     * @param trueOrder exactly the items of the pool, best first
     */
    public static double rankError(SkillModel model, List<String> trueOrder) {
        List<String> ranked = ranking(model);
        if (ranked.size() != trueOrder.size()) {
            throw new IllegalArgumentException(
                    "the true order has " + trueOrder.size() + " items, the pool " + ranked.size());
        }
        Map<String, Integer> place = new HashMap<>();
        for (String item : trueOrder) {
            place.put(item, place.size());
        }
        double sum = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            double error = rank - place.get(ranked.get(rank));
            sum += error * error;
        }
        return sum / ranked.size();
    }

    /** The pool by falling score. */
    static List<String> ranking(SkillModel model) {
        Map<String, Double> scores = new HashMap<>();
        List<String> items = model.items();
        items.forEach(item -> scores.put(item, model.score(item)));
        return items.stream()
                .sorted(Comparator.comparingDouble((String item) -> scores.get(item))
                        .reversed())
                .toList();
    }
}
