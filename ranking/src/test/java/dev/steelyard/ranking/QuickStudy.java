package dev.steelyard.ranking;

import dev.steelyard.core.study.Findings;
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

/** A study run at quick scale, its trials kept in memory. */
public final class QuickStudy {

    private QuickStudy() {}

    /** What it finds. */
    public static Findings findings(Study study, int repetitions) throws InterruptedException {
        Map<String, TrialResult> finished = new ConcurrentHashMap<>();
        TrialStore memory = new TrialStore() {
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
                study.slug(),
                new LabOptions(Scale.QUICK, 0, Optional.of(repetitions), 1, "cpu"),
                memory,
                Progress.SILENT);
        study.run(lab);
        return lab.findings();
    }
}
