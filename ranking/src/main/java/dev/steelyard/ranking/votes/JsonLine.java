package dev.steelyard.ranking.votes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.ranking.Ballot;
import java.util.ArrayList;
import java.util.List;

/** One JSON object a line. */
final class JsonLine implements BallotLine {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public RecordedVote read(String line, String name) {
        return vote(parse(line), name);
    }

    /** The vote of an object. */
    static RecordedVote vote(JsonNode vote, String name) {
        String id = text(vote, name, "match", "match_id", "question_id", "id");
        Ballot ballot = ranked(vote, id).by(text(vote, "", "voter", "voter_id", "judge"));
        String time = text(vote, "", "time", "tstamp", "timestamp");
        return new RecordedVote(
                time.isBlank() ? ballot : ballot.at(VoteFields.time(time)),
                RecordedVote.propensity(text(vote, "", "propensity")));
    }

    private static Ballot ranked(JsonNode vote, String id) {
        if (vote.has("model_a") && vote.has("model_b")) {
            String winner = vote.has("winner_model_a")
                    ? VoteFields.winner(text(vote, "", "winner_model_a"), text(vote, "", "winner_model_b"))
                    : text(vote, "", "winner");
            return VoteFields.pair(id, text(vote, "", "model_a"), text(vote, "", "model_b"), winner);
        }
        List<String> items = array(vote, vote.has("models") ? "models" : "items");
        if (vote.has("ranks")) {
            return VoteFields.ranked(id, items, array(vote, "ranks"));
        }
        if (!vote.has("winner")) {
            throw new IllegalArgumentException("the vote has neither 'ranks' nor 'winner'");
        }
        return VoteFields.won(id, items, text(vote, "", "winner"));
    }

    private static JsonNode parse(String line) {
        try {
            JsonNode vote = JSON.readTree(line);
            if (vote.isObject()) {
                return vote;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the line is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("the line is no JSON object");
    }

    private static String text(JsonNode vote, String missing, String... names) {
        for (String name : names) {
            if (vote.hasNonNull(name)) {
                return vote.get(name).asText();
            }
        }
        return missing;
    }

    private static List<String> array(JsonNode vote, String name) {
        JsonNode array = vote.path(name);
        if (!array.isArray()) {
            throw new IllegalArgumentException("the vote has no array '" + name + "'");
        }
        List<String> entries = new ArrayList<>();
        array.forEach(entry -> entries.add(entry.asText()));
        return entries;
    }
}
