package dev.steelyard.online.onesidedfair;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An auditor's objection.
 *
 * @param auditor number, from 0
 */
public record Objection(OrderedPair pair, int auditor) {

    public Objection {
        if (auditor < 0) {
            throw new IllegalArgumentException("an auditor is named by number from 0, not " + auditor);
        }
    }

    /**
     * The pair to which enough of a panel object: the one that most object to, and of those the one named first; empty if
     * to none enough do. An auditor's objection to a pair counts once.
     */
    static Optional<OrderedPair> violation(List<Objection> objections, OneSidedFairOptions panel) {
        Map<OrderedPair, Set<Integer>> auditors = new LinkedHashMap<>();
        for (Objection objection : objections) {
            auditors.computeIfAbsent(objection.pair(), pair -> new HashSet<>()).add(objection.auditor());
        }
        int quorum = Panel.quorum(panel.auditors(), panel.gamma());
        OrderedPair worst = null;
        int most = quorum - 1;
        for (Map.Entry<OrderedPair, Set<Integer>> entry : auditors.entrySet()) {
            if (entry.getValue().size() > most) {
                most = entry.getValue().size();
                worst = entry.getKey();
            }
        }
        return Optional.ofNullable(worst);
    }
}
