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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a study at quick scale, two runs a method, and keeps its trials in memory. */
public final class QuickLab {

    private QuickLab() {}

    /** Runs a study, which must measure every criterion of its claims. */
    public static void measures(Study study, int tables, int charts) throws InterruptedException {
        measures(study, tables, charts, Set.of());
    }

    /**
     * The same where some claims cannot be measured here.
     *
     * @param unmeasured ids of those, which must stay without any measure
     */
    public static void measures(Study study, int tables, int charts, Set<String> unmeasured)
            throws InterruptedException {
        Findings findings = run(study).findings();
        assertThat(findings.judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        findings.judgements().forEach(judgement -> assertThat(judgement.evidence())
                .allSatisfy(evidence -> assertThat(evidence.interval().isEmpty())
                        .as(judgement.claim().id() + ", " + evidence.criterion().id())
                        .isEqualTo(unmeasured.contains(judgement.claim().id()))));
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
