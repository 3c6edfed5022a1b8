package dev.steelyard.core.study;

import dev.steelyard.core.paper.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a study found; filled by {@link Study#run} through {@link Lab#findings()}, in the order of the report. */
public final class Findings {

    private final List<Judgement> judgements = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Judges a claim by the intervals measured for its criteria; a criterion left out stays undecided. */
    public Findings judge(Claim claim, Map<String, Interval> measured) {
        judgements.add(Judgement.of(claim, measured));
        return this;
    }

    /** Adds a table. */
    public Findings table(Table table) {
        tables.add(table);
        return this;
    }

    /** Adds a chart. */
    public Findings chart(Chart chart) {
        charts.add(chart);
        return this;
    }

    /** Adds a remark that a reader of the report needs: a deviation from the paper, a caveat. */
    public Findings note(String sentence) {
        notes.add(sentence);
        return this;
    }

    public List<Judgement> judgements() {
        return List.copyOf(judgements);
    }

    public List<Table> tables() {
        return List.copyOf(tables);
    }

    public List<Chart> charts() {
        return List.copyOf(charts);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }
}
