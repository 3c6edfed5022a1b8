package dev.steelyard.cli;

import dev.steelyard.ranking.letor.JudgedQuery;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --queries}: a part of a file, by numeric query ids. */
final class QueryRange {

    @Option(
            names = "--queries",
            paramLabel = "FROM-TO",
            description = "Only the queries whose qid is a number in this range, as in 1-100; default: all.")
    private Optional<String> range = Optional.empty();

    private long from = Long.MIN_VALUE;
    private long to = Long.MAX_VALUE;

    /** Whether a query is asked for. */
    boolean holds(JudgedQuery query) {
        if (range.isEmpty()) {
            return true;
        }
        try {
            long id = Long.parseLong(query.id());
            return from <= id && id <= to;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--queries " + range.get() + " needs numeric qids, but there is a query '" + query.id() + "'", e);
        }
    }

    /** @throws IllegalArgumentException if it is no range */
    void validate() {
        if (range.isEmpty()) {
            return;
        }
        String[] ends = range.get().split("-", -1);
        try {
            if (ends.length == 2) {
                from = Long.parseLong(ends[0].strip());
                to = Long.parseLong(ends[1].strip());
            }
        } catch (NumberFormatException e) {
            from = Long.MIN_VALUE;
        }
        if (from == Long.MIN_VALUE || from > to) {
            throw new IllegalArgumentException(
                    "--queries must be two whole numbers, the first not larger, as in 1-100, not '" + range.get()
                            + "'");
        }
    }
}
