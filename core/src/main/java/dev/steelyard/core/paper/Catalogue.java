package dev.steelyard.core.paper;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The papers whose methods Steelyard holds or will hold, read from the resource {@code papers.json}. */
public final class Catalogue {

    private final Map<String, Paper> papers = new LinkedHashMap<>();

    Catalogue(List<Paper> papers) {
        for (Paper paper : papers) {
            if (this.papers.put(paper.slug(), paper) != null) {
                throw new IllegalArgumentException("the catalogue holds '" + paper.slug() + "' twice");
            }
        }
    }

    /** The catalogue that ships with the library. */
    public static Catalogue standard() {
        return Standard.CATALOGUE;
    }

    /** All papers, by domain in the order of {@link Domain}. */
    public List<Paper> papers() {
        return List.copyOf(papers.values());
    }

    /**
     * The paper with this slug.
     *
     * @throws IllegalArgumentException if there is none; the message names those that sound alike
     */
    public Paper paper(String slug) {
        Paper paper = papers.get(slug);
        if (paper == null) {
            String alike = papers.keySet().stream()
                    .filter(known -> !slug.isEmpty() && known.charAt(0) == slug.charAt(0))
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("no method is called '" + slug + "'"
                    + (alike.isEmpty() ? "" : "; did you mean one of: " + alike + "?")
                    + " ('steelyard methods' lists all)");
        }
        return paper;
    }

    private static final class Standard {
        static final Catalogue CATALOGUE = read();

        private static Catalogue read() {
            try (InputStream in = Catalogue.class.getResourceAsStream("papers.json")) {
                return new Catalogue(JsonMapper.builder().build().readValue(in, new TypeReference<List<Paper>>() {}));
            } catch (IOException e) {
                throw new UncheckedIOException("the catalogue inside the jar cannot be read", e);
            }
        }
    }
}
