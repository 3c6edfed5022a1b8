package dev.steelyard.language.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steelyard.core.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads plain text and JSONL, line by line, so that an error can name its line. */
final class TextFiles {

    /** A text may be as long as memory allows; Jackson's own limit is 20 million characters. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TextFiles() {}

    static List<Document> read(Path file, TextFileOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new TextDataException(
                    "text file '" + file + "' " + (Files.exists(file) ? "is not a file" : "does not exist")
                            + "; name a plain text or a JSONL file");
        }
        List<Document> documents;
        try {
            documents =
                    isJsonLines(file) ? readJsonLines(file, options.jsonField()) : readPlain(file, options.plainText());
        } catch (IOException e) {
            throw new TextDataException("text file '" + file + "' cannot be read: " + e.getMessage(), e);
        }
        if (documents.isEmpty()) {
            throw new TextDataException(
                    "text file '" + file + "' is empty: it holds no text but white space; give text to learn from");
        }
        return documents;
    }

    private static boolean isJsonLines(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    private static List<Document> readPlain(Path file, TextFileOptions.PlainText plainText) throws IOException {
        List<Document> documents = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int[] start = {0};
        forEachLine(file, (line, number) -> {
            if (plainText == TextFileOptions.PlainText.PARAGRAPHS && line.isBlank()) {
                finish(file, start[0], text, documents);
                return;
            }
            if (text.isEmpty()) {
                start[0] = number;
            } else {
                text.append('\n');
            }
            text.append(line);
        });
        finish(file, start[0], text, documents);
        return documents;
    }

    private static void finish(Path file, int line, StringBuilder text, List<Document> documents) {
        if (!text.toString().isBlank()) {
            documents.add(new Document(file.getFileName() + ":" + line, text.toString()));
        }
        text.setLength(0);
    }

    private static List<Document> readJsonLines(Path file, String field) throws IOException {
        List<Document> documents = new ArrayList<>();
        forEachLine(file, (line, number) -> {
            if (line.isBlank()) {
                return;
            }
            JsonNode text = parse(file, number, line).path(field);
            if (!text.isTextual()) {
                throw new TextDataException(file + ":" + number + ": the line has no text in field '" + field
                        + "'; name the field that holds it");
            }
            if (!text.textValue().isBlank()) {
                documents.add(new Document(file.getFileName() + ":" + number, text.textValue()));
            }
        });
        return documents;
    }

    private static JsonNode parse(Path file, int number, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new TextDataException(
                    file + ":" + number + ": the line is not JSON (" + e.getOriginalMessage()
                            + "); mend it or take it away",
                    e);
        }
    }

    private static void forEachLine(Path file, LineReader reader) throws IOException {
        int number = 0;
        try (InputStream stream = Files.newInputStream(file)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(
                    stream,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            ByteOrderMark.skip(lines);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                reader.read(line, number);
            }
        } catch (CharacterCodingException e) {
            throw new TextDataException(
                    file + ":" + InvalidUtf8.line(file) + ": the bytes are not UTF-8; convert the file to UTF-8", e);
        }
    }

    private interface LineReader {
        void read(String line, int number);
    }
}
