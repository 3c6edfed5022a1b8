package dev.steelyard.ranking.votes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A file with a vote a line; the first line that is not blank tells the form. */
final class VoteLines {

    private final Path file;
    private final BufferedReader lines;
    private long number;

    VoteLines(Path file, BufferedReader lines) {
        this.file = file;
        this.lines = lines;
    }

    long read(Consumer<RecordedVote> learn) throws IOException {
        long votes = 0;
        BallotLine form = null;
        for (String line = next(); line != null; line = next()) {
            long first = number;
            if (line.isBlank()) {
                continue;
            }
            try {
                if (form == null) {
                    form = form(line);
                    if (form.isHeader(line)) {
                        continue;
                    }
                }
                if (!form.isComment(line)) {
                    learn.accept(form.read(form.leavesOpen(line) ? untilClosed(form, line) : line, "line " + first));
                    votes++;
                }
            } catch (IllegalArgumentException e) {
                throw new VoteFileException(file, first, e);
            }
        }
        return votes;
    }

    private String next() throws IOException {
        number++;
        try {
            return lines.readLine();
        } catch (CharacterCodingException e) {
            throw new VoteFileException(file, number, "the file is not UTF-8 text from about here on");
        }
    }

    /** The line with those after it that belong to it. */
    private String untilClosed(BallotLine form, String line) throws IOException {
        StringBuilder whole = new StringBuilder(line);
        boolean open = true;
        for (String more = next(); more != null; more = open ? next() : null) {
            whole.append('\n').append(more);
            open = !form.leavesOpen(more);
        }
        return whole.toString();
    }

    private static BallotLine form(String first) {
        if (first.stripLeading().startsWith("{")) {
            return new JsonLine();
        }
        List<String> columns = TableLine.names(first);
        if (TableLine.isHeader(columns)) {
            return new TableLine(columns);
        }
        TableLine.requireNoHeader(columns);
        return new PlainLine();
    }
}
