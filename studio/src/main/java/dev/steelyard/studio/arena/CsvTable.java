package dev.steelyard.studio.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** A CSV file with a header, row by row; errors say file and line. */
record CsvTable(Path file) {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    /** A row of it. */
    record Row(Path file, long line, CSVRecord fields) {

        /** What stands in a column; nothing where it is blank or the column is not there. */
        Optional<String> find(String column) {
            return fields.isMapped(column)
                            && fields.isSet(column)
                            && !fields.get(column).isBlank()
                    ? Optional.of(fields.get(column))
                    : Optional.empty();
        }

        String require(String column) {
            return find(column).orElseThrow(() -> error("the column '" + column + "' is missing or blank"));
        }

        String place() {
            return file + ":" + line;
        }

        IllegalArgumentException error(String detail) {
            return new IllegalArgumentException(place() + ": " + detail);
        }
    }

    void rows(Consumer<Row> each) throws IOException {
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), FORMAT)) {
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord fields : parser) {
                if (!fields.isConsistent()) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "%s:%d: the row has %d fields where the header has %d; put fields that hold a comma in"
                                    + " quotes",
                            file,
                            line,
                            fields.size(),
                            parser.getHeaderNames().size()));
                }
                each.accept(new Row(file, line, fields));
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (CharacterCodingException | UncheckedIOException e) {
            throw new IllegalArgumentException(file + " is no CSV in UTF-8 (" + e.getMessage() + ")", e);
        }
    }
}
