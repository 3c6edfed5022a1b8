package dev.steelyard.ranking.votes;

import dev.steelyard.ranking.Ballot;
import java.util.ArrayList;
import java.util.List;

/** {@code sonata, opus = etude, fugue}: best first, ties by {@code =}. */
final class PlainLine implements BallotLine {

    @Override
    public boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    @Override
    public RecordedVote read(String line, String name) {
        List<String> items = new ArrayList<>();
        List<Integer> ranks = new ArrayList<>();
        int rank = 0;
        for (String place : line.split(",", -1)) {
            for (String item : place.split("=", -1)) {
                if (item.isBlank()) {
                    throw new IllegalArgumentException(
                            "an item is missing between two separators; write items best first, as in a, b = c, d");
                }
                items.add(item.strip());
                ranks.add(rank);
            }
            rank++;
        }
        if (items.size() == 1 && line.matches(".*[;>\t].*")) {
            throw new IllegalArgumentException(
                    "the line has no comma; write items best first, as in a, b = c, d, or a header of a table");
        }
        Ballot ballot = Ballot.ranked(
                name, items, ranks.stream().mapToInt(Integer::intValue).toArray());
        return new RecordedVote(ballot, Double.NaN);
    }
}
