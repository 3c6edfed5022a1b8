package dev.steelyard.ranking.krank;

import java.util.Collections;
import java.util.List;

/**
 * Items that play together: a team's performance is the weighted sum of its members'.
 *
 * <pre>{@code
 * model.record("game-1", List.of(Team.of("ann", "bob"), Team.of("cyd", "dan")), 0, 1);
 * }</pre>
 *
 * @param members names of items, at least one
 * @param weights one a member, finite and above 0; 1 for all who played in full, such as 0.5 for who came at half-time
 */
public record Team(List<String> members, List<Double> weights) {

    public Team {
        members = List.copyOf(members);
        weights = List.copyOf(weights);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a team has at least 1 member");
        }
        if (weights.size() != members.size()) {
            throw new IllegalArgumentException(
                    "there are " + weights.size() + " weights for " + members + "; give each member one");
        }
        for (int i = 0; i < weights.size(); i++) {
            KRankOptions.requirePositive("weight of '" + members.get(i) + "'", weights.get(i));
        }
    }

    /** A team whose members all have the weight 1. */
    public static Team of(String... members) {
        return new Team(List.of(members), Collections.nCopies(members.length, 1.0));
    }

    int size() {
        return members.size();
    }
}
