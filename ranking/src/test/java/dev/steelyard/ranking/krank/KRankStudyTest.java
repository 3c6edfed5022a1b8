package dev.steelyard.ranking.krank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class KRankStudyTest {

    private final TrialStore nowhere = new TrialStore() {
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

    @Test
    void theWholePathWorksAtQuickScale() throws InterruptedException {
        LabOptions options = new LabOptions(Scale.QUICK, 0, Optional.of(2), 1, "cpu");
        Lab lab = new Lab("krank", options, nowhere, Progress.SILENT);
        KRankStudy study = new KRankStudy();
        study.run(lab);
        assertThat(lab.findings().judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        assertThat(lab.findings().tables()).hasSize(3);
        assertThat(lab.findings().charts()).hasSize(4);
    }
}
