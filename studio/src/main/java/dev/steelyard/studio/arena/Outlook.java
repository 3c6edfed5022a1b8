package dev.steelyard.studio.arena;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What later events of a log say of earlier ones.
 *
 * @param events how many were read
 * @param withdrawn numbers of the votes that were taken back by their voters
 * @param imports names of the imports that were completed; the parts of others count nothing
 */
record Outlook(long events, Set<Long> withdrawn, Set<String> imports) {

    /** Reads the first so many events of a log. */
    static Outlook of(VoteLog log, long first) {
        Map<String, String> voterOf = new HashMap<>();
        Map<String, List<Long>> votesOf = new HashMap<>();
        Set<Long> withdrawn = new HashSet<>();
        Set<String> imports = new HashSet<>();
        long[] events = new long[1];
        log.read(0, first, logged -> {
            events[0]++;
            if (logged.event() instanceof ArenaEvent.Handed handed) {
                voterOf.put(handed.token(), handed.voter());
            } else if (logged.event() instanceof ArenaEvent.Released released) {
                voterOf.remove(released.token());
            } else if (logged.event() instanceof ArenaEvent.Voted vote) {
                votesOf.computeIfAbsent(voterOf.remove(vote.token()), voter -> new ArrayList<>())
                        .add(logged.number());
            } else if (logged.event() instanceof ArenaEvent.Withdrawn voter) {
                withdrawn.addAll(votesOf.getOrDefault(voter.voter(), List.of()));
            } else if (logged.event() instanceof ArenaEvent.Completed completed) {
                imports.add(completed.name());
            }
        });
        return new Outlook(events[0], withdrawn, imports);
    }
}
