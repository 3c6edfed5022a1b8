package dev.steelyard.online;

import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a study at quick scale, two runs a method, and keeps its trials in memory. */
public final class QuickLab {

    private QuickLab() {}

    /** The lab after the run, with its findings. */
    public static Lab run(Study study) throws InterruptedException {
        TrialStore memory = new TrialStore() {
            private final Map<String, TrialResult> finished = new ConcurrentHashMap<>();

            @Override
            public Map<String, TrialResult> finished() {
                return Map.copyOf(finished);
            }

            @Override
            public void append(TrialResult result) {
                finished.put(result.trial().key(), result);
            }
        };
        Lab lab = new Lab(
                study.slug(), new LabOptions(Scale.QUICK, 0, Optional.of(2), 1, "cpu"), memory, Progress.SILENT);
        study.run(lab);
        return lab;
    }
}
