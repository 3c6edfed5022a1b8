package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.click.ClickModel;
import dev.steelyard.ranking.click.PerceivedRelevance;
import dev.steelyard.ranking.dla.ClickAlgorithm;
import dev.steelyard.ranking.dla.LoggedSessions;
import dev.steelyard.ranking.dla.RankerFile;
import dev.steelyard.ranking.dla.SimulatedSessions;
import dev.steelyard.ranking.dla.Teaching;
import dev.steelyard.ranking.letor.JudgedQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Whose clicks there are: a log's, or those of simulated users. */
final class ClickOptions {

    @Option(
            names = "--clicks",
            paramLabel = "LOG",
            description =
                    "Logged sessions: JSON lines {\"query\": \"10\", \"documents\": [\"d3\", \"d1\"], \"clicks\": [0, 1]},"
                            + " or the three by tabs, documents and clicks by commas; .gz too.")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--users",
            paramLabel = "NAME",
            description = "Simulate users on the training file's grades: pbm (by position), ubm (by position and last"
                    + " click), ccm (click chain), cascade or dbn.")
    private Optional<String> users = Optional.empty();

    @Option(
            names = "--severity",
            paramLabel = "ETA",
            defaultValue = "1",
            description = "Simulated bias of pbm and ubm: 0 none, 1 as measured (default).")
    private double severity;

    @Option(
            names = "--noise",
            paramLabel = "EPS",
            defaultValue = "0.1",
            description = "Probability that a simulated user finds grade 0 relevant (default: 0.1).")
    private double noise;

    @Option(
            names = "--shown-by",
            paramLabel = "RANKER",
            description = "Show simulated users the documents in this ranker's order; default: the file's.")
    private Optional<Path> shownBy = Optional.empty();

    @Option(
            names = "--randomised",
            paramLabel = "M",
            defaultValue = "200000",
            description =
                    "Simulated sessions in random order, from which ipw takes its propensities (default: 200000).")
    private int randomised;

    /** @throws IllegalArgumentException if there is none, or more than one */
    void validate(ClickAlgorithm algorithm) {
        if (algorithm == ClickAlgorithm.LABELS) {
            if (log.isPresent() || users.isPresent()) {
                throw new IllegalArgumentException("--algo labels learns from grades; leave out --clicks and --users");
            }
            return;
        }
        if (log.isPresent() == users.isPresent()) {
            throw new IllegalArgumentException(
                    "give either --clicks, a log, or --users, whose clicks are simulated from the grades");
        }
        if (log.isPresent() && shownBy.isPresent()) {
            throw new IllegalArgumentException("--shown-by is for simulated users; the log says what was shown");
        }
        if (randomised < 1) {
            throw new IllegalArgumentException("--randomised must be at least 1, not " + randomised);
        }
        users.ifPresent(name -> ClickModel.named(name, severity));
    }

    boolean isLogged() {
        return log.isPresent();
    }

    LoggedSessions logged(List<JudgedQuery> queries, int positions, int batch, boolean all, Seeds seeds)
            throws IOException {
        return LoggedSessions.read(log.orElseThrow(), queries, positions, batch, !all, seeds);
    }

    SimulatedSessions simulated(List<JudgedQuery> queries, int positions, int batch, boolean all, Seeds seeds)
            throws IOException {
        int largest = queries.stream()
                .flatMapToInt(query -> IntStream.of(query.grades()))
                .max()
                .orElse(0);
        if (largest == 0) {
            throw new IllegalArgumentException(
                    "no document of the training file is relevant; simulated users need grades above 0");
        }
        List<JudgedQuery> shown = shownBy.isPresent()
                ? SimulatedSessions.shownBy(RankerFile.read(shownBy.get()).ranker(), queries)
                : queries;
        return new SimulatedSessions(
                shown,
                ClickModel.named(users.orElseThrow(), severity),
                new PerceivedRelevance(noise, 1, largest),
                positions,
                batch,
                !all,
                seeds);
    }

    /** Propensities by randomising what simulated users see; none for a log. */
    Optional<List<Double>> randomisedPropensities(Teaching sessions, int positions) {
        if (!(sessions instanceof SimulatedSessions simulated)) {
            return Optional.empty();
        }
        return Optional.of(simulated.randomised(randomised, positions).propensities());
    }
}
