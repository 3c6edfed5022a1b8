package dev.steelyard.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Propensities as a table, JSON, CSV or a curve. */
record PropensityText(String source, List<Double> propensities) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "propensities";
    private static final int WIDTH = 40;
    private static final int SVG_WIDTH = 640;
    private static final int SVG_HEIGHT = 400;
    private static final int MARGIN = 50;

    /**
     * The propensities of a JSON file, or of any JSON object with an array {@code propensities}.
     *
     * @throws IllegalArgumentException naming the file, if it has none
     */
    static List<Double> read(Path file) throws IOException {
        try {
            JsonNode array = JSON.readTree(Files.readString(file)).path(NAME);
            List<Double> read = new ArrayList<>();
            for (JsonNode entry : array) {
                if (!entry.isNumber()) {
                    throw new IllegalArgumentException(
                            file + ": propensity " + (read.size() + 1) + " is " + entry + ", a number above 0");
                }
                read.add(entry.doubleValue());
            }
            if (!read.isEmpty()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ":" + e.getLocation().getLineNr() + ": no JSON (" + e.getOriginalMessage() + ")", e);
        }
        throw new IllegalArgumentException(
                file + " has no array 'propensities'; write it with 'ultr propensity --out FILE.json'");
    }

    static void requireKnownForm(Path file) {
        ending(file);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (!List.of("json", "csv", "svg").contains(ending)) {
            throw new IllegalArgumentException(
                    "--out " + file + ": the form is told by the name; call it *.json, *.csv or *.svg (a curve)");
        }
        return ending;
    }

    String inFormOf(Path file) {
        return switch (ending(file)) {
            case "csv" -> csv();
            case "svg" -> svg();
            default -> Json.of(json()) + "\n";
        };
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", source);
        json.put(NAME, propensities);
        return json;
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("place,propensity\n");
        for (int k = 0; k < propensities.size(); k++) {
            csv.append(k + 1).append(',').append(propensities.get(k)).append('\n');
        }
        return csv.toString();
    }

    void print(PrintWriter out) {
        out.printf("How likely users look at each place, relative to the first; %s%n", source);
        out.printf("%5s %10s%n", "place", "propensity");
        double largest = largest();
        for (int k = 0; k < propensities.size(); k++) {
            out.printf(Locale.ROOT, "%5d %10.4f  %s%n", k + 1, propensities.get(k), "#".repeat((int)
                            Math.round(WIDTH * propensities.get(k) / largest)));
        }
    }

    private double largest() {
        return propensities.stream().mapToDouble(p -> p).max().orElse(1);
    }

    private String svg() {
        StringBuilder points = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        double top = Math.max(1, largest());
        for (int k = 0; k < propensities.size(); k++) {
            double x = MARGIN + (SVG_WIDTH - 2.0 * MARGIN) * k / Math.max(1, propensities.size() - 1);
            double y = SVG_HEIGHT - MARGIN - (SVG_HEIGHT - 2.0 * MARGIN) * propensities.get(k) / top;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            marks.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#1f6f8b\"><title>place %d: %.4f</title></circle>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    x,
                    y,
                    k + 1,
                    propensities.get(k),
                    x,
                    SVG_HEIGHT - MARGIN + 18,
                    k + 1));
        }
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <path d="M%3$d %3$d V%4$d H%5$d" fill="none" stroke="black"/>
                <text x="%6$d" y="%7$d" text-anchor="end">%8$.2f</text><text x="%6$d" y="%4$d" text-anchor="end">0</text>
                <polyline points="%9$s" fill="none" stroke="#1f6f8b" stroke-width="2"/>
                %10$s<text x="%11$d" y="%12$d" text-anchor="middle">place; how likely users look, relative to the \
                first</text>
                </svg>
                """,
                SVG_WIDTH,
                SVG_HEIGHT,
                MARGIN,
                SVG_HEIGHT - MARGIN,
                SVG_WIDTH - MARGIN,
                MARGIN - 6,
                MARGIN + 4,
                top,
                points.toString().strip(),
                marks,
                SVG_WIDTH / 2,
                SVG_HEIGHT - 10);
    }
}
