package dev.steelyard.ranking.votes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file that is one JSON array of votes, read vote by vote, so that it need not fit into memory. */
record VoteArray(Path file) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Blank lines before the array may be so many characters. */
    private static final int LOOK_AHEAD = 8192;

    /** Whether the first character that is not blank opens an array; the reader stands where it stood. */
    static boolean begins(BufferedReader text) throws IOException {
        text.mark(LOOK_AHEAD);
        int c = text.read();
        for (int read = 1; read < LOOK_AHEAD && Character.isWhitespace(c); read++) {
            c = text.read();
        }
        text.reset();
        return c == '[';
    }

    long read(Reader text, Consumer<RecordedVote> learn) throws IOException {
        long votes = 0;
        long line = 1;
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                line = parser.currentTokenLocation().getLineNr();
                if (token != JsonToken.START_OBJECT) {
                    throw new VoteFileException(
                            file,
                            line,
                            token == null ? "the array is not closed" : "the array holds what is no object");
                }
                votes++;
                try {
                    learn.accept(JsonLine.vote(JSON.readTree(parser), "line " + line + ", vote " + votes));
                } catch (IllegalArgumentException e) {
                    throw new VoteFileException(file, line, e);
                }
            }
        } catch (CharacterCodingException e) {
            throw new VoteFileException(file, line, "the file is not UTF-8 text from about here on");
        } catch (JsonProcessingException e) {
            long place = e.getLocation() == null ? line : e.getLocation().getLineNr();
            throw new VoteFileException(file, place, "this is no JSON: " + e.getOriginalMessage());
        }
        return votes;
    }
}
