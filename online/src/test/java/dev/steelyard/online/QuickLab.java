package dev.steelyard.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Judgement;
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

    /** Runs a study, which must measure every criterion of its claims. */
    public static void measures(Study study, int tables, int charts) throws InterruptedException {
        Findings findings = run(study).findings();
        assertThat(findings.judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        assertThat(findings.judgements().stream().flatMap(judgement -> judgement.evidence().stream()))
                .allSatisfy(evidence -> assertThat(evidence.interval())
                        .as(evidence.criterion().id())
                        .isPresent());
        assertThat(findings.tables()).hasSize(tables);
        assertThat(findings.charts()).hasSize(charts);
    }

    private static Lab run(Study study) throws InterruptedException {
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
