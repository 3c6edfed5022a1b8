package dev.steelyard.ranking.dla;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.ranking.letor.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads logged sessions, plain or packed by gzip, one a line:
 *
 * <ul>
 *   <li>JSON lines: {@code {"query": "10", "documents": ["d3", "d1"], "clicks": [0, 1]}}, a click for each document in the
 *       order shown; or {@code "clicked": [2]}, the places from 1; without {@code documents} the order of the judged file;
 *   <li>tab-separated: {@code 10<TAB>d3,d1<TAB>0,1}, likewise; a line that begins with {@code query} is a header.
 * </ul>
 */
public final class SessionLog {

    private static final JsonMapper JSON = new JsonMapper();

    private SessionLog() {}

    /**
     * A session as it was logged.
     *
     * @param query its id
     * @param documents names in the order shown; empty for the order of the judged file
     * @param clicks flags in that order; without {@code documents} they may end at the last click
     */
    public record Session(String query, List<String> documents, boolean[] clicks) {

        public Session {
            documents = List.copyOf(documents);
            if (!documents.isEmpty() && clicks.length != documents.size()) {
                throw new IllegalArgumentException("there are clicks for " + clicks.length + " places, but "
                        + documents.size() + " documents were shown; give each document one");
            }
        }
    }

    /**
     * Hands on each session in the file's order.
     *
     * @return how many there were
     * @throws IllegalArgumentException if a line is no session, or what {@code each} throws, by file and line
     */
    public static long read(Path file, Consumer<Session> each) throws IOException {
        long[] sessions = {0};
        TextLines.read(file, (number, line) -> {
            if (line.isBlank() || number == 1 && line.startsWith("query\t")) {
                return;
            }
            each.accept(line.stripLeading().startsWith("{") ? json(line) : table(line));
            sessions[0]++;
        });
        return sessions[0];
    }

    private static Session json(String line) {
        JsonNode session;
        try {
            session = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the line is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!session.path("query").isValueNode()) {
            throw new IllegalArgumentException("the session has no 'query'");
        }
        List<String> documents = texts(session.path("documents"));
        String query = session.get("query").asText();
        if (session.path("clicks").isArray()) {
            return new Session(query, documents, flags(texts(session.get("clicks"))));
        }
        if (session.path("clicked").isArray()) {
            return new Session(query, documents, places(texts(session.get("clicked")), documents.size()));
        }
        throw new IllegalArgumentException(
                "the session has neither 'clicks' (0 or 1 for each document) nor 'clicked' (places from 1)");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    private static Session table(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 3) {
            throw new IllegalArgumentException("a session must be JSON, or three columns by tabs: query, documents and"
                    + " clicks, as in 10, d3,d1 and 0,1; this line has " + columns.length);
        }
        return new Session(columns[0].strip(), parts(columns[1]), flags(parts(columns[2])));
    }

    private static List<String> parts(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    private static boolean[] flags(List<String> texts) {
        boolean[] clicks = new boolean[texts.size()];
        for (int k = 0; k < clicks.length; k++) {
            clicks[k] = switch (texts.get(k)) {
                case "1", "true" -> true;
                case "0", "false" -> false;
                default ->
                    throw new IllegalArgumentException(
                            "click '" + texts.get(k) + "' of place " + (k + 1) + " must be 0 or 1");
            };
        }
        return clicks;
    }

    private static boolean[] places(List<String> texts, int shown) {
        int[] places = new int[texts.size()];
        int last = 0;
        for (int i = 0; i < places.length; i++) {
            try {
                places[i] = Integer.parseInt(texts.get(i));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("clicked place '" + texts.get(i) + "' must be a whole number", e);
            }
            if (places[i] < 1 || shown > 0 && places[i] > shown) {
                throw new IllegalArgumentException("there is a click at place " + places[i]
                        + (shown > 0 ? " of " + shown + " documents" : "") + "; places are counted from 1");
            }
            last = Math.max(last, places[i]);
        }
        boolean[] clicks = new boolean[shown > 0 ? shown : last];
        for (int place : places) {
            clicks[place - 1] = true;
        }
        return clicks;
    }
}
