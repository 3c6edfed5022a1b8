package dev.steelyard.cli;

import dev.steelyard.core.paper.Catalogue;
import dev.steelyard.core.report.Provenance;
import dev.steelyard.core.report.Report;
import dev.steelyard.core.run.RunFolder;
import dev.steelyard.core.run.StudyRun;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Methods;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts the claims of papers to the test. */
@Command(
        name = "study",
        description = "Put the claims of a paper to the test: run its trials, judge each claim, write a report.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard study frugal --open",
            "  steelyard study adamp lion-k --scale quick",
            "  steelyard study frugal --seeds 10 --threads 4",
            "  steelyard study frugal --resume            go on with the last run that was stopped",
            "  steelyard study adamp lion-k --resume      the same command with --resume goes on with all of it"
        })
final class StudyCommand implements Callable<Integer> {

    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:=,+@-]+", Pattern.UNICODE_CHARACTER_CLASS);

    @Mixin
    private Common common;

    @Parameters(paramLabel = "SLUG", arity = "1..*", description = "Methods with a study; see 'steelyard methods'.")
    private List<String> slugs;

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            defaultValue = "standard",
            description = "quick (seconds, judges nothing), standard (minutes on two cores; default) or full.")
    private Scale scale;

    @Option(names = "--seeds", paramLabel = "N", description = "Repetitions a method; default: the study's choice.")
    private Optional<Integer> repetitions;

    @Mixin
    private SeedOption seed;

    @Option(names = "--threads", paramLabel = "N", description = "Trials side by side; default: the machine's cores.")
    private Optional<Integer> threads;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--resume",
            description = "Go on with the last unfinished run; of several studies, pass those that are finished and"
                    + " begin those that are not.")
    private boolean resume;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs", description = "Folder of runs (default: runs).")
    private Path out;

    @Mixin
    private ReportPage page;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Study> studies = slugs.stream().map(StudyCommand::study).toList();
        repetitions.ifPresent(count -> {
            if (count < 1) {
                throw new IllegalArgumentException("--seeds must be at least 1, was " + count);
            }
        });
        LabOptions defaults = LabOptions.at(scale);
        LabOptions options =
                new LabOptions(scale, seed.seed(), repetitions, threads.orElse(defaults.threads()), device.name());
        List<Object> summaries = new ArrayList<>();
        for (Study study : studies) {
            if (isPassed(study)) {
                spec.commandLine()
                        .getErr()
                        .println("steelyard: '" + study.slug() + "' is finished; its runs lie in "
                                + out.resolve(study.slug()));
                continue;
            }
            RunFolder folder = folder(study, options);
            Report report = run(study, folder);
            if (output.isJson()) {
                summaries.add(summary(report, folder));
            } else {
                output.writer().println(ConsoleReport.of(report));
                output.writer().println("Report: " + ReportPage.of(folder.path()));
                output.writer().flush();
            }
            page.openIfAsked(folder.path());
        }
        if (output.isJson()) {
            output.print(() -> summaries, text -> {});
        }
        return 0;
    }

    private static Study study(String slug) {
        Catalogue.standard().paper(slug);
        return Methods.onClassPath()
                .study(slug)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + slug + "' has no study yet; 'steelyard methods --state studied' lists those that have"));
    }

    /** Whether the study is one of several to go on with, and was finished before. */
    private boolean isPassed(Study study) {
        return resume
                && slugs.size() > 1
                && RunFolder.latestUnfinished(out, study.slug()).isEmpty()
                && RunFolder.anyFinished(out, study.slug());
    }

    private RunFolder folder(Study study, LabOptions options) {
        Optional<RunFolder> stopped = resume ? RunFolder.latestUnfinished(out, study.slug()) : Optional.empty();
        if (stopped.isEmpty() && resume && slugs.size() == 1) {
            throw new IllegalArgumentException("nothing to resume: " + out.resolve(study.slug())
                    + " holds no unfinished run of '" + study.slug() + "'");
        }
        if (stopped.isEmpty()) {
            return RunFolder.create(out, study.slug(), options, Provenance.current());
        }
        RunFolder folder = stopped.get();
        List<String> differences = folder.differences(options, Provenance.current());
        if (!differences.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("steelyard: going on with what that run was started with; differing now: "
                            + String.join("; ", differences));
        }
        return folder;
    }

    private Report run(Study study, RunFolder folder) throws InterruptedException {
        try (StopOnSignal stop = StopOnSignal.watch("stopped; finished trials are kept. Go on with: " + again());
                ConsoleProgress progress = ConsoleProgress.of(study.slug())) {
            return StudyRun.run(study, folder, progress);
        }
    }

    /** This command with {@code --resume}, as a shell takes it. */
    private String again() {
        List<String> words = new ArrayList<>(List.of("steelyard"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        if (!resume) {
            words.add("--resume");
        }
        return words.stream()
                .map(word -> PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Object> summary(Report report, RunFolder folder) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("study", report.paper().slug());
        summary.put("folder", folder.path().toString());
        summary.put("seconds", report.seconds());
        summary.put(
                "verdicts",
                report.judgements().stream()
                        .map(judgement -> Map.of(
                                "claim", judgement.claim().id(),
                                "sentence", judgement.claim().sentence(),
                                "verdict", judgement.verdict().name()))
                        .toList());
        return summary;
    }
}
