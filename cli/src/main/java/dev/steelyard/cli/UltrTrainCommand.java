package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.dla.ClickAlgorithm;
import dev.steelyard.ranking.dla.ClickLearner;
import dev.steelyard.ranking.dla.ClickTraining;
import dev.steelyard.ranking.dla.DualLearner;
import dev.steelyard.ranking.dla.DualOptions;
import dev.steelyard.ranking.dla.DualOptionsBuilder;
import dev.steelyard.ranking.dla.JudgedLists;
import dev.steelyard.ranking.dla.LoggedSessions;
import dev.steelyard.ranking.dla.RankerFile;
import dev.steelyard.ranking.dla.Teaching;
import dev.steelyard.ranking.letor.JudgedQuery;
import dev.steelyard.ranking.letor.LetorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a ranker. */
@Command(
        name = "train",
        description = "Train a ranker on clicks, logged or simulated, over the documents of a LETOR/SVM-light file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard ultr train --train set.svm --clicks log.jsonl --out ranker.json",
            "  steelyard ultr train --train set.svm.gz --users pbm --algo naive --out naive.json",
            "  steelyard ultr train --train set.svm --algo labels --queries 1-20 --out logging.json",
            "  steelyard ultr train --train set.svm --users ubm --shown-by logging.json --out ranker.json",
            "  steelyard ultr train --train set.svm --clicks log.tsv --algo ipw --propensities p.json --out ipw.json",
            "  steelyard ultr train ... --resume      go on where it stopped"
        })
final class UltrTrainCommand implements Callable<Integer> {

    /** Options that do not change what is computed. */
    private static final Set<String> FREE =
            Set.of("--help", "--verbose", "--json", "--resume", "--out", "--threads", "--steps", "--checkpoint-every");

    @Mixin
    private Common common;

    @Option(
            names = "--train",
            paramLabel = "FILE",
            required = true,
            description = "Queries and documents: 2 qid:10 1:0.3 7:1.5 # doc42; .gz too.")
    private Path train;

    @Mixin
    private QueryRange queries;

    @Option(
            names = "--algo",
            paramLabel = "NAME",
            defaultValue = "dla",
            description = "dla (default), ipw, rem (regression-EM), naive, or labels (grades, no clicks).")
    private String algorithmName;

    @Mixin
    private ClickOptions clicks;

    @Option(
            names = "--propensities",
            paramLabel = "FILE",
            description = "For ipw on a log: what 'ultr propensity --out FILE.json' wrote.")
    private Optional<Path> propensities = Optional.empty();

    @Mixin
    private LearningOptions learning;

    @Option(names = "--batch", paramLabel = "B", defaultValue = "256", description = "Sessions a step (default: 256).")
    private int batch;

    @Option(names = "--steps", paramLabel = "S", defaultValue = "10000", description = "Steps (default: 10000).")
    private long steps;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The ranker, JSON; also on its way.")
    private Path out;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "S",
            defaultValue = "1000",
            description = "Write --out after so many steps (default: 1000).")
    private long every;

    @Option(
            names = "--resume",
            description = "Go on from --out, bit for bit as if it had not stopped; with larger --steps, train longer.")
    private boolean resume;

    @Option(names = "--threads", paramLabel = "N", description = "For large rankers; default: the machine's cores.")
    private Optional<Integer> threads = Optional.empty();

    @Mixin
    private SeedOption seed;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ClickAlgorithm algorithm = ClickAlgorithm.named(algorithmName);
        DualOptions asked = learning.options();
        clicks.validate(algorithm);
        queries.validate();
        if (batch < 1 || steps < 1 || every < 1) {
            throw new IllegalArgumentException("--batch, --steps and --checkpoint-every must be at least 1, not "
                    + batch + ", " + steps + " and " + every);
        }
        Optional<RankerFile> before = before();
        List<JudgedQuery> judged =
                LetorFile.read(train).stream().filter(queries::holds).toList();
        if (judged.isEmpty()) {
            throw new IllegalArgumentException("no query of " + train + " is in the range of --queries");
        }
        DualOptions options = withoutEmptyPlaces(asked, judged);
        Seeds seeds = Seeds.root(seed.seed());
        Teaching sessions = sessions(algorithm, options, judged, seeds);
        ClickLearner learner = algorithm.learner(
                learning.scorer(
                        judged.getFirst().features()[0].length,
                        seeds.child("scorer").value()),
                options,
                algorithm == ClickAlgorithm.IPW ? known(sessions, options) : List.of(),
                seeds.child("labels").value());
        before.ifPresent(file -> learner.restore(file.learner()));
        long first = before.map(RankerFile::step).orElse(0L);
        if (first >= steps) {
            throw new IllegalArgumentException(
                    out + " has done " + first + " steps already; give larger --steps to train it longer");
        }
        // Tells now, not after the first thousand steps, that the place cannot be written.
        write(algorithm, learner, first);
        try (StopOnSignal stop =
                        StopOnSignal.watch("stopping after this step; go on with the same command and --resume");
                ConsoleProgress progress = ConsoleProgress.of("ultr train")) {
            new ClickTraining(learner, sessions, progress)
                    .run(first, steps, every, threads, step -> write(algorithm, learner, step));
        }
        report(algorithm, learner, sessions, judged);
        return 0;
    }

    private Optional<RankerFile> before() throws IOException {
        if (!resume) {
            if (Files.exists(out)) {
                throw new IllegalArgumentException(
                        "there is a file already at " + out + "; give --resume, or another --out");
            }
            return Optional.empty();
        }
        RankerFile file = RankerFile.read(out);
        StartedWith.require(out.toString(), file.options(), spec, FREE);
        return Optional.of(file);
    }

    /** Places that no list reaches have no propensity. */
    private static DualOptions withoutEmptyPlaces(DualOptions options, List<JudgedQuery> judged) {
        int longest = judged.stream().mapToInt(JudgedQuery::size).max().orElseThrow();
        if (longest < 2) {
            throw new IllegalArgumentException("no query has two documents; there is nothing to rank");
        }
        return DualOptionsBuilder.builder(options)
                .positions(Math.min(options.positions(), longest))
                .build();
    }

    private Teaching sessions(ClickAlgorithm algorithm, DualOptions options, List<JudgedQuery> judged, Seeds seeds)
            throws IOException {
        if (algorithm == ClickAlgorithm.LABELS) {
            return new JudgedLists(judged, batch, seeds);
        }
        boolean all = algorithm.usesAllSessions();
        return clicks.isLogged()
                ? clicks.logged(judged, options.positions(), batch, all, seeds)
                : clicks.simulated(judged, options.positions(), batch, all, seeds);
    }

    private List<Double> known(Teaching sessions, DualOptions options) throws IOException {
        if (propensities.isPresent()) {
            List<Double> read = PropensityText.read(propensities.get());
            return read.subList(0, Math.min(read.size(), options.positions()));
        }
        return clicks.randomisedPropensities(sessions, options.positions())
                .orElseThrow(
                        () -> new IllegalArgumentException("--algo ipw on a log needs --propensities; get them from"
                                + " sessions in random order by 'ultr propensity --randomised LOG --out p.json'"));
    }

    private void write(ClickAlgorithm algorithm, ClickLearner learner, long step) {
        new RankerFile(
                        algorithm.label(),
                        StartedWith.options(spec, FREE),
                        step,
                        steps,
                        ClickAlgorithm.propensities(learner),
                        learner.snapshot())
                .write(out);
    }

    private void report(ClickAlgorithm algorithm, ClickLearner learner, Teaching sessions, List<JudgedQuery> judged) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ranker", out.toString());
        result.put("algorithm", algorithm.label());
        result.put("queries", judged.size());
        result.put("features", judged.getFirst().features()[0].length);
        if (sessions instanceof LoggedSessions logged) {
            result.put("sessionsRead", logged.read());
            result.put("sessionsUsed", logged.sessions());
            result.put("sessionsCut", logged.longer());
        }
        result.put("steps", steps);
        if (learner instanceof DualLearner dual) {
            result.put("rankLoss", dual.rankLoss());
            result.put("examinationLoss", dual.examinationLoss());
        }
        List<Double> found = ClickAlgorithm.propensities(learner);
        if (!found.isEmpty()) {
            result.put("propensities", found);
        }
        output.print(() -> result, console -> {
            console.printf("%s over %d queries, %d steps.%n", algorithm.label(), judged.size(), steps);
            if (sessions instanceof LoggedSessions logged) {
                console.printf(
                        "Of %d sessions %d say something; %d were longer than the positions and cut.%n",
                        logged.read(), logged.sessions(), logged.longer());
            }
            console.printf("The ranker is in %s%n", out);
        });
    }
}
