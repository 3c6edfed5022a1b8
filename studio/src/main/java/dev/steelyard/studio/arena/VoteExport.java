package dev.steelyard.studio.arena;

import dev.steelyard.ranking.Ballot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The votes as they stood at one moment. Events are only ever added, so the first ones are a snapshot: they are read
 * beside the arena, which goes on meanwhile.
 *
 * @param events how many there were
 * @param withdrawn numbers of the votes that had been taken back
 * @param completed names of the imports in parts that were complete; one that was under way is left out
 */
record VoteExport(VoteLog log, long events, Set<Long> withdrawn, Set<String> completed) {

    VoteExport {
        withdrawn = Set.copyOf(withdrawn);
        completed = Set.copyOf(completed);
    }

    /** Gives every vote that counts, in order. */
    void forEach(Consumer<ExportedVote> each) {
        Map<String, LoggedEvent> handed = new HashMap<>();
        log.read(0, events, logged -> {
            if (logged.event() instanceof ArenaEvent.Handed match) {
                handed.put(match.token(), logged);
            } else if (logged.event() instanceof ArenaEvent.Released released) {
                handed.remove(released.token());
            } else if (logged.event() instanceof ArenaEvent.Voted vote) {
                LoggedEvent given = handed.remove(vote.token());
                if (!withdrawn.contains(logged.number())) {
                    ArenaEvent.Handed match = (ArenaEvent.Handed) given.event();
                    Ballot ballot = ArenaState.ballot(OpenBallot.of(match, given.time()), vote.ranks(), logged.time());
                    each.accept(ExportedVote.of(ballot, match));
                }
            } else if (logged.event() instanceof ArenaEvent.Imported imported) {
                give(imported.votes(), each);
            } else if (logged.event() instanceof ArenaEvent.Part part && completed.contains(part.name())) {
                give(part.votes(), each);
            }
        });
    }

    private static void give(List<ArenaEvent.Vote> votes, Consumer<ExportedVote> each) {
        votes.forEach(vote -> each.accept(ExportedVote.of(ArenaState.ballot(vote))));
    }
}
