package dev.steelyard.ranking.votes;

import dev.steelyard.ranking.Ballot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What tables and JSON lines have in common: from the fields of a vote to its ballot. */
final class VoteFields {

    private VoteFields() {}

    /** A ballot by a list of ranks as they were written. */
    static Ballot ranked(String name, List<String> items, List<String> ranks) {
        return Ballot.ranked(
                name, items, ranks.stream().mapToInt(VoteFields::rank).toArray());
    }

    private static int rank(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the rank '" + text + "' is no integer; ranks are 0 for the best, 1, ...", e);
        }
    }

    /** A ballot by its winner; without one all are tied. */
    static Ballot won(String name, List<String> items, String winner) {
        int[] ranks = new int[items.size()];
        boolean known = items.contains(winner);
        if (!known && !winner.isBlank() && !isTie(winner)) {
            throw new IllegalArgumentException("the winner '" + winner + "' is none of " + items);
        }
        if (known) {
            Arrays.setAll(ranks, i -> items.get(i).equals(winner) ? 0 : 1);
        }
        return Ballot.ranked(name, items, ranks);
    }

    /** The winner of two as one column of 0 and 1 for each tells it. */
    static String winner(String first, String second) {
        boolean firstWon = isOne("winner_model_a", first);
        boolean secondWon = isOne("winner_model_b", second);
        if (firstWon && secondWon) {
            throw new IllegalArgumentException("winner_model_a and winner_model_b are both 1; one of them can win");
        }
        return firstWon ? "model_a" : secondWon ? "model_b" : "tie";
    }

    private static boolean isOne(String name, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "1", "1.0", "true" -> true;
            case "0", "0.0", "false" -> false;
            default -> throw new IllegalArgumentException("'" + name + "' is '" + text + "' where 0 or 1 is needed");
        };
    }

    /** A ballot of two. */
    static Ballot pair(String name, String first, String second, String winner) {
        List<String> items = List.of(first, second);
        return switch (winner.strip().toLowerCase(Locale.ROOT)) {
            case "model_a" -> Ballot.ranked(name, items, 0, 1);
            case "model_b" -> Ballot.ranked(name, items, 1, 0);
            default -> {
                if (!isTie(winner)) {
                    throw new IllegalArgumentException(
                            "the winner is '" + winner + "' where model_a, model_b or tie is needed");
                }
                yield Ballot.ranked(name, items, 0, 0);
            }
        };
    }

    private static boolean isTie(String winner) {
        String word = winner.strip().toLowerCase(Locale.ROOT);
        return word.equals("tie") || word.startsWith("tie (") || word.startsWith("both");
    }

    /** An instant, or seconds since 1970. */
    static Instant time(String text) {
        try {
            if (text.contains("T")) {
                return Instant.parse(text.strip());
            }
            double seconds = Double.parseDouble(text.strip());
            long whole = (long) Math.floor(seconds);
            return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e9));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the time '" + text + "' is neither as 2026-01-31T12:00:00Z nor seconds since 1970", e);
        }
    }
}
