package dev.steelyard.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.steelyard.core.paper.Paper;
import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Table;
import java.util.List;

/**
 * What a study found and where it came from.
 *
 * @param seconds work done, summed over the trials
 */
public record Report(
        Paper paper,
        LabOptions options,
        Provenance provenance,
        List<Judgement> judgements,
        List<Table> tables,
        List<Chart> charts,
        List<String> notes,
        double seconds) {

    /** The report of these findings. */
    public static Report of(Paper paper, LabOptions options, Provenance provenance, Findings findings, double seconds) {
        return new Report(
                paper,
                options,
                provenance,
                findings.judgements(),
                findings.tables(),
                findings.charts(),
                findings.notes(),
                seconds);
    }

    /** All of it as JSON. */
    public String toJson() {
        try {
            return ReportJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of our own cannot be written as JSON", e);
        }
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Report ofJson(String json) {
        try {
            return ReportJson.read(json, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no report: " + e.getOriginalMessage(), e);
        }
    }
}
