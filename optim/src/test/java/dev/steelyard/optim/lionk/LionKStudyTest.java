package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class LionKStudyTest {

    /** Keeps trials in memory. */
    private record Memory(Map<String, TrialResult> finished) implements TrialStore {
        @Override
        public void append(TrialResult result) {
            finished.put(result.trial().key(), result);
        }
    }

    @Test
    void theQuickStudyGoesTheWholeWay() throws InterruptedException {
        LionKStudy study = new LionKStudy();
        Lab lab = new Lab(
                study.slug(), LabOptions.at(Scale.QUICK), new Memory(new ConcurrentHashMap<>()), Progress.SILENT);
        study.run(lab);
        assertThat(lab.findings().judgements()).hasSameSizeAs(study.claims());
        assertThat(lab.findings().tables()).hasSize(3);
        assertThat(lab.findings().charts()).hasSize(5);
    }
}
