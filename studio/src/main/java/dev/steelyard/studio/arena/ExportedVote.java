package dev.steelyard.studio.arena;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.steelyard.ranking.Ballot;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A vote as exports write it, and as vote files are read. The models stand in the order in which they were shown.
 *
 * @param match name of the match
 * @param time ISO instant; left out when not known
 * @param voter who voted, by a name that stands for a browser; empty when not known
 * @param models the items
 * @param ranks of the models, 0 best
 * @param prompt id; left out of imported votes, as all that follows
 * @param pivot the item for whose sake they met
 * @param propensity probability with which the matchmaker's draws gave these
 * @param displaySeed seed of the order
 * @param candidates who could have met the pivot, with the bounds that decided
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "match",
    "time",
    "voter",
    "models",
    "ranks",
    "prompt",
    "pivot",
    "propensity",
    "displaySeed",
    "candidates"
})
public record ExportedVote(
        String match,
        String time,
        String voter,
        List<String> models,
        List<Integer> ranks,
        String prompt,
        String pivot,
        Double propensity,
        Long displaySeed,
        List<Candidate> candidates) {

    /**
     * An item that could have met the pivot.
     *
     * @param bound by which it was chosen; "Infinity" in JSON for those who never met
     */
    public record Candidate(String item, double bound) {}

    static ExportedVote of(Ballot ballot, ArenaEvent.Handed match) {
        return new ExportedVote(
                ballot.id(),
                ballot.time().toString(),
                ballot.voter(),
                ballot.items(),
                Arrays.stream(ballot.ranks()).boxed().toList(),
                match.prompt(),
                match.pivot(),
                match.propensity(),
                match.displaySeed(),
                match.candidates().stream()
                        .map(candidate -> new Candidate(candidate.item(), candidate.bound()))
                        .toList());
    }

    static ExportedVote of(Ballot ballot) {
        return new ExportedVote(
                ballot.id(),
                ballot.time().equals(Instant.EPOCH) ? null : ballot.time().toString(),
                ballot.voter(),
                ballot.items(),
                Arrays.stream(ballot.ranks()).boxed().toList(),
                null,
                null,
                null,
                null,
                null);
    }
}
