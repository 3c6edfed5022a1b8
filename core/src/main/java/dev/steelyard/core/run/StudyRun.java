package dev.steelyard.core.run;

import dev.steelyard.core.report.Report;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;

/** Runs a study in its folder, from where it stopped, to its report. */
public final class StudyRun {

    private StudyRun() {}

    /**
     * Runs the trials that are not finished, judges the claims and writes the report.
     *
     * @throws InterruptedException if the user stops it; finished trials stay in the folder
     * @throws IllegalStateException if another process runs in the folder
     */
    public static Report run(Study study, RunFolder folder, Progress progress) throws InterruptedException {
        try (AutoCloseable lock = folder.lock()) {
            TrialStore trials = folder.trials();
            Lab lab = new Lab(study.slug(), folder.options(), trials, progress);
            study.run(lab);
            double seconds = trials.finished().values().stream()
                    .mapToDouble(TrialResult::seconds)
                    .sum();
            Report report = Report.of(study.paper(), folder.options(), folder.provenance(), lab.findings(), seconds);
            folder.write(report);
            return report;
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the lock of " + folder.path() + " cannot be released", e);
        }
    }
}
