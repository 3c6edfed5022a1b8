package dev.steelyard.studio.arena;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Something that happened in an arena. What the arena knows follows from these, in order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ArenaEvent.Handed.class, name = "handed"),
    @JsonSubTypes.Type(value = ArenaEvent.Voted.class, name = "voted"),
    @JsonSubTypes.Type(value = ArenaEvent.Released.class, name = "released"),
    @JsonSubTypes.Type(value = ArenaEvent.Imported.class, name = "imported"),
    @JsonSubTypes.Type(value = ArenaEvent.Part.class, name = "part"),
    @JsonSubTypes.Type(value = ArenaEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = ArenaEvent.Retired.class, name = "retired"),
    @JsonSubTypes.Type(value = ArenaEvent.Withdrawn.class, name = "withdrawn")
})
sealed interface ArenaEvent {

    /**
     * A voter was given a match.
     *
     * @param token secret name of the ballot
     * @param items in the order in which they are shown
     * @param candidates who could have met the pivot, with the bounds that decided
     */
    record Handed(
            long match,
            String token,
            String voter,
            String prompt,
            List<String> items,
            String pivot,
            double propensity,
            long displaySeed,
            List<Candidate> candidates)
            implements ArenaEvent {}

    /** An item that could have met the pivot, and its bound. */
    record Candidate(String item, double bound) {}

    /**
     * A ballot came back.
     *
     * @param ranks of the items as they were shown, 0 best
     */
    record Voted(String token, List<Integer> ranks) implements ArenaEvent {}

    /** No vote will come on a ballot. */
    record Released(String token, Why why) implements ArenaEvent {}

    /** Why no vote will come. */
    enum Why {
        SKIPPED,
        EXPIRED,
        ITEM_GONE
    }

    /** Ballots that were cast elsewhere, all of one file. */
    record Imported(List<Vote> votes) implements ArenaEvent {}

    /**
     * Some ballots of a file that is too large for one event. They count, where they stand, if the import was completed
     * later; else they never did.
     *
     * @param name of the import
     */
    record Part(String name, List<Vote> votes) implements ArenaEvent {}

    /** All parts of an import are on disk. */
    record Completed(String name) implements ArenaEvent {}

    /**
     * A ballot that was cast elsewhere.
     *
     * @param time ISO instant; empty when not known
     */
    record Vote(String match, String time, String voter, List<String> models, List<Integer> ranks) {}

    /** An item meets nobody any more. */
    record Retired(String item) implements ArenaEvent {}

    /** All that a voter cast before is taken back, and no more is taken. */
    record Withdrawn(String voter) implements ArenaEvent {}
}
