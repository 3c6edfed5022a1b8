package dev.steelyard.cli;

import dev.steelyard.core.paper.Catalogue;
import dev.steelyard.core.paper.Domain;
import dev.steelyard.core.paper.Paper;
import dev.steelyard.core.study.MethodState;
import dev.steelyard.core.study.Methods;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the catalogue. */
@Command(
        name = "methods",
        description = "List the methods with their papers, domains and states (studied, built, planned).",
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard methods --state studied", "  steelyard methods --domain optim --json"})
final class MethodsCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Option(names = "--domain", paramLabel = "NAME", description = "Only this domain, e.g. optim or ranking.")
    private Optional<String> domain;

    @Option(names = "--state", paramLabel = "STATE", description = "Only studied, built or planned.")
    private Optional<MethodState> state;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Methods methods = Methods.onClassPath();
        Optional<Domain> wanted = domain.map(Domain::ofModule);
        List<Paper> papers = Catalogue.standard().papers().stream()
                .filter(paper -> wanted.isEmpty() || paper.domain() == wanted.get())
                .filter(paper -> state.isEmpty() || methods.state(paper.slug()) == state.get())
                .toList();
        output.print(
                () -> papers.stream().map(paper -> row(paper, methods)).toList(), out -> print(papers, methods, out));
        return 0;
    }

    private static Map<String, Object> row(Paper paper, Methods methods) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("slug", paper.slug());
        row.put("method", paper.method());
        row.put("title", paper.title());
        row.put("venue", paper.venue());
        row.put("arxiv", paper.arxiv());
        row.put("domain", paper.domain().module());
        row.put("state", label(methods.state(paper.slug())));
        row.put("summary", paper.summary());
        return row;
    }

    private static void print(List<Paper> papers, Methods methods, PrintWriter out) {
        Domain current = null;
        for (Paper paper : papers) {
            if (paper.domain() != current) {
                current = paper.domain();
                out.printf("%n%s (%s)%n", current.title(), current.module());
            }
            out.printf(
                    "  %-21s %-8s %s (%s)%n",
                    paper.slug(), label(methods.state(paper.slug())), paper.title(), paper.venue());
        }
        long studied = papers.stream()
                .filter(paper -> methods.state(paper.slug()) == MethodState.STUDIED)
                .count();
        out.printf("%n%d methods, %d studied.%n", papers.size(), studied);
    }

    private static String label(MethodState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
