package dev.steelyard.ranking.votes;

import dev.steelyard.ranking.Ballot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A row of a table with a header. */
final class TableLine implements BallotLine {

    private static final Set<String> PARTS =
            Set.of("model_a", "model_b", "models", "items", "ranks", "winner", "winner_model_a", "winner_model_b");

    /** Leaderboards and tables of outputs. */
    private static final List<List<String>> OTHERS =
            List.of(List.of("rank", "item", "score"), List.of("model", "prompt"), List.of("item", "prompt"));

    private final List<String> columns;
    private final int match;
    private final int time;
    private final int voter;
    private final int models;
    private final int ranks;
    private final int winner;
    private final int first;
    private final int second;
    private final int firstWon;
    private final int propensity;
    private final int secondWon;

    TableLine(List<String> columns) {
        this.columns = columns;
        match = column("match", "match_id", "question_id", "id");
        time = column("time", "tstamp", "timestamp");
        voter = column("voter", "voter_id", "judge");
        models = column("models", "items");
        ranks = column("ranks");
        winner = column("winner");
        first = column("model_a");
        second = column("model_b");
        firstWon = column("winner_model_a");
        propensity = column("propensity");
        secondWon = column("winner_model_b");
    }

    /** The names in a header. */
    static List<String> names(String line) {
        return fields(line).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    static boolean isHeader(List<String> names) {
        boolean pairs = names.containsAll(List.of("model_a", "model_b", "winner"))
                || names.containsAll(List.of("model_a", "model_b", "winner_model_a", "winner_model_b"));
        boolean lists = (names.contains("models") || names.contains("items"))
                && (names.contains("ranks") || names.contains("winner"));
        return pairs || lists;
    }

    /** Refuses the header of another table, which would otherwise be read as a ballot. */
    static void requireNoHeader(List<String> names) {
        boolean ofVotes = names.stream().anyMatch(PARTS::contains);
        boolean ofAnother = OTHERS.stream().anyMatch(names::containsAll);
        if (ofVotes || ofAnother) {
            throw new IllegalArgumentException(
                    "the header " + String.join(",", names) + " is not that of a table of votes;"
                            + " that has models and ranks, or models and winner, or model_a, model_b and winner");
        }
    }

    /** While a quote is open, the field that it begins holds the line's end. */
    @Override
    public boolean leavesOpen(String text) {
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            open ^= text.charAt(i) == '"';
        }
        return open;
    }

    @Override
    public boolean isHeader(String line) {
        return true;
    }

    private int column(String... names) {
        for (String name : names) {
            if (columns.contains(name)) {
                return columns.indexOf(name);
            }
        }
        return -1;
    }

    @Override
    public RecordedVote read(String line, String name) {
        List<String> fields = fields(line);
        if (fields.size() != columns.size()) {
            throw new IllegalArgumentException("the row has " + fields.size() + " fields where the header has "
                    + columns.size() + "; put fields that hold a comma in quotes");
        }
        String id =
                match >= 0 && !fields.get(match).isBlank() ? fields.get(match).strip() : name;
        Ballot ballot = ballot(fields, id);
        if (voter >= 0) {
            ballot = ballot.by(fields.get(voter).strip());
        }
        if (time >= 0 && !fields.get(time).isBlank()) {
            ballot = ballot.at(VoteFields.time(fields.get(time)));
        }
        return new RecordedVote(ballot, propensity < 0 ? Double.NaN : RecordedVote.propensity(fields.get(propensity)));
    }

    private Ballot ballot(List<String> fields, String id) {
        if (models < 0) {
            String result =
                    winner >= 0 ? fields.get(winner) : VoteFields.winner(fields.get(firstWon), fields.get(secondWon));
            return VoteFields.pair(
                    id, fields.get(first).strip(), fields.get(second).strip(), result);
        }
        List<String> items = split(fields.get(models));
        if (ranks >= 0 && !fields.get(ranks).isBlank()) {
            return VoteFields.ranked(id, items, split(fields.get(ranks)));
        }
        if (winner < 0) {
            throw new IllegalArgumentException("the ranks are missing");
        }
        return VoteFields.won(id, items, fields.get(winner).strip());
    }

    private static List<String> split(String field) {
        List<String> parts = new ArrayList<>();
        for (String part : field.split(";", -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("'" + field + "' has an empty part; separate by one ;");
            }
            parts.add(part.strip());
        }
        return parts;
    }

    /** The fields of a line by commas; quotes hold commas, and two quotes in quotes are one. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed; close it, and write it twice inside of quotes");
        }
        fields.add(field.toString());
        return fields;
    }
}
