package dev.steelyard.online.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.core.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads rows from CSV with a header, or from JSON lines, an object a row; which of them it is follows from the text. */
public final class TableRows {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final JsonMapper JSON = new JsonMapper();

    private TableRows() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it has no row, or a row is malformed; the message has file and row
     */
    public static List<TableRow> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader);
        }
    }

    /**
     * Reads rows.
     *
     * @param table what it is called in errors
     * @throws IllegalArgumentException if there is no row, a column is named twice, or a row is malformed; the message has
     *     table and row, counted from 1 after a header
     */
    public static List<TableRow> read(String table, Reader text) throws IOException {
        BufferedReader reader = ByteOrderMark.skip(new BufferedReader(text));
        List<TableRow> rows = firstCharacter(reader) == '{' ? json(table, reader) : csv(table, reader);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(table + " has no row, or none under its header");
        }
        return rows;
    }

    /** The first character that is no white space, which stays to be read. */
    private static int firstCharacter(BufferedReader reader) throws IOException {
        int character;
        do {
            reader.mark(1);
            character = reader.read();
        } while (Character.isWhitespace(character));
        reader.reset();
        return character;
    }

    private static List<TableRow> json(String table, BufferedReader reader) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        String line;
        while ((line = reader.readLine()) != null) {
            if (!line.isBlank()) {
                rows.add(jsonRow(table, rows.size() + 1L, line));
            }
        }
        return rows;
    }

    private static TableRow jsonRow(String table, long number, String line) {
        Map<String, String> values = new LinkedHashMap<>();
        TableRow row = new TableRow(table, number, values);
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw row.error("the line is no JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw row.error("the line must be a JSON object, not " + line);
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                String text = value.isValueNode() ? value.asText() : value.toString();
                if (values.put(TableRow.plain(field.getKey()), text) != null) {
                    throw row.error("the object names '" + field.getKey() + "' twice");
                }
            }
        }
        return row;
    }

    private static List<TableRow> csv(String table, BufferedReader reader) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
            List<String> header = null;
            for (CSVRecord fields : parser) {
                if (header == null) {
                    header = header(table, fields);
                    continue;
                }
                long number = rows.size() + 1L;
                if (fields.size() != header.size()) {
                    throw new IllegalArgumentException(table + ", row " + number + ": there are " + fields.size()
                            + " fields where the header has " + header.size());
                }
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < fields.size(); i++) {
                    values.put(header.get(i), fields.get(i));
                }
                rows.add(new TableRow(table, number, values));
            }
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(table + " is no CSV (" + e.getMessage() + ")", e);
        }
        return rows;
    }

    private static List<String> header(String table, CSVRecord fields) {
        List<String> header = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String field : fields) {
            String column = TableRow.plain(field);
            if (!seen.add(column)) {
                throw new IllegalArgumentException(table + ": the header names column '" + field + "' twice");
            }
            header.add(column);
        }
        return header;
    }
}
