package dev.steelyard.core.paper;

import java.util.List;
import java.util.Objects;

/**
 * One published method of the catalogue.
 *
 * @param slug short name used on the command line and as package name (without hyphens), e.g. {@code lion-k}
 * @param method what the method is called, e.g. {@code Lion-K}
 * @param title title of the paper
 * @param authors authors in the paper's order
 * @param venue where it was published, e.g. {@code ICLR 2024}
 * @param arxiv arXiv identifier, empty when there is none
 * @param domain the module it lives in
 * @param summary one sentence: what it does
 */
public record Paper(
        String slug,
        String method,
        String title,
        List<String> authors,
        String venue,
        String arxiv,
        Domain domain,
        String summary) {

    public Paper {
        if (!slug.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("slug '" + slug + "' is not lower-case words joined by hyphens");
        }
        Objects.requireNonNull(domain, "domain");
        authors = List.copyOf(authors);
    }
}
