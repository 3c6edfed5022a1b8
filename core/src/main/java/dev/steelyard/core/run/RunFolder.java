package dev.steelyard.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.steelyard.core.report.HtmlReport;
import dev.steelyard.core.report.MarkdownReport;
import dev.steelyard.core.report.Provenance;
import dev.steelyard.core.report.Report;
import dev.steelyard.core.report.ReportJson;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.TrialStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of a study on disk, {@code runs/<study>/<time>/}: {@code run.json} says what was asked, {@code trials.jsonl}
 * holds the finished trials, and the three reports appear when it is done.
 */
public final class RunFolder {

    private static final String RUN = "run.json";
    private static final String TRIALS = "trials.jsonl";
    private static final String REPORT = "report.json";
    private static final String LOCK = "lock";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private static final Pattern NUMBERED = Pattern.compile("(\\d{8}-\\d{6})-(\\d{1,9})");

    private final Path path;
    private final Asked asked;

    /** What {@code run.json} holds. */
    record Asked(int format, String study, LabOptions options, Provenance provenance) {

        static final int FORMAT = 1;
    }

    private RunFolder(Path path, Asked asked) {
        this.path = path;
        this.asked = asked;
    }

    /** Makes a folder for a new run; two runs of one second get two folders. */
    public static RunFolder create(Path runs, String study, LabOptions options, Provenance provenance) {
        Asked asked = new Asked(Asked.FORMAT, study, options, provenance);
        try {
            Path parent = Files.createDirectories(runs.resolve(study));
            Path folder = claim(parent, LocalDateTime.now().format(TIME));
            AtomicFiles.write(folder.resolve(RUN), ReportJson.mapper().writeValueAsString(asked));
            return new RunFolder(folder, asked);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a run folder in " + runs + " (" + Reason.of(e) + "); name another with --out", e);
        }
    }

    private static Path claim(Path parent, String time) throws IOException {
        for (int number = 1; ; number++) {
            try {
                return Files.createDirectory(parent.resolve(number == 1 ? time : time + "-" + number));
            } catch (FileAlreadyExistsException taken) {
                // Another run started in this second; the next number is free or taken too.
            }
        }
    }

    /**
     * Opens a run.
     *
     * @throws IllegalArgumentException if the folder is none of a run
     */
    public static RunFolder open(Path folder) {
        Path file = folder.resolve(RUN);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    folder + " is no run: it has no " + RUN + "; runs lie in runs/<study>/<time>");
        }
        try {
            Asked asked = ReportJson.read(Files.readString(file), Asked.class);
            if (asked.format() != Asked.FORMAT) {
                throw new IllegalArgumentException(
                        file + " has format " + asked.format() + ", this version reads " + Asked.FORMAT);
            }
            return new RunFolder(folder, asked);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " (" + Reason.of(e) + ")", e);
        }
    }

    /** The newest run of a study that has no report yet. */
    public static Optional<RunFolder> latestUnfinished(Path runs, String study) {
        return folders(runs, study).stream()
                .filter(folder -> !Files.exists(folder.resolve(REPORT)))
                .max(Comparator.comparing(RunFolder::time).thenComparingInt(RunFolder::number))
                .map(RunFolder::open);
    }

    /** Whether a run of a study has its report. */
    public static boolean anyFinished(Path runs, String study) {
        return folders(runs, study).stream().anyMatch(folder -> Files.exists(folder.resolve(REPORT)));
    }

    private static List<Path> folders(Path runs, String study) {
        Path parent = runs.resolve(study);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(RUN)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent + " (" + Reason.of(e) + ")", e);
        }
    }

    /** The folder's name without the number of a run that was not the first of its second. */
    private static String time(Path folder) {
        return NUMBERED.matcher(folder.getFileName().toString()).replaceFirst("$1");
    }

    /** Which run of its second a folder is, from 1. */
    private static int number(Path folder) {
        Matcher numbered = NUMBERED.matcher(folder.getFileName().toString());
        return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 1;
    }

    public Path path() {
        return path;
    }

    /** Slug of the study. */
    public String study() {
        return asked.study();
    }

    /** What the run was started with. */
    public LabOptions options() {
        return asked.options();
    }

    /** Where the run was started. */
    public Provenance provenance() {
        return asked.provenance();
    }

    /** Whether the report is there. */
    public boolean isFinished() {
        return Files.exists(path.resolve(REPORT));
    }

    /** In what the run's options and program differ from these, one phrase a difference; empty when in nothing. */
    public List<String> differences(LabOptions options, Provenance now) {
        List<String> differences = new ArrayList<>();
        compare("scale", options().scale(), options.scale(), differences);
        compare("seed", options().seed(), options.seed(), differences);
        compare("repetitions", options().repetitions(), options.repetitions(), differences);
        compare("device", options().device(), options.device(), differences);
        compare("version", provenance().version(), now.version(), differences);
        compare("commit", provenance().commit(), now.commit(), differences);
        return differences;
    }

    private static void compare(String what, Object then, Object now, List<String> differences) {
        if (!then.equals(now)) {
            differences.add(what + " was " + then + ", is " + now);
        }
    }

    /** The finished trials; opening heals what a kill cut off. */
    public TrialStore trials() {
        return Journal.open(path.resolve(TRIALS));
    }

    /**
     * Keeps other processes from running in this folder until the lock is closed.
     *
     * @throws IllegalStateException if one does already
     */
    AutoCloseable lock() {
        try {
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new IllegalStateException(path + " is being run by another process; wait for it or stop it");
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + path + " (" + Reason.of(e) + ")", e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Writes the report's three files; {@code report.json} last, since it marks the run as finished. */
    public void write(Report report) {
        AtomicFiles.write(path.resolve("report.md"), MarkdownReport.of(report));
        AtomicFiles.write(path.resolve("report.html"), HtmlReport.of(report));
        AtomicFiles.write(path.resolve(REPORT), report.toJson());
    }

    /**
     * Reads the report of a finished run.
     *
     * @throws IllegalArgumentException if the run is not finished
     */
    public Report readReport() {
        if (!isFinished()) {
            Path runs = path.toAbsolutePath().normalize().getParent().getParent();
            throw new IllegalArgumentException(path + " is not finished; go on with: steelyard study " + study()
                    + " --resume --out '" + runs + "'");
        }
        try {
            return Report.ofJson(Files.readString(path.resolve(REPORT)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path.resolve(REPORT) + " (" + Reason.of(e) + ")", e);
        }
    }
}
