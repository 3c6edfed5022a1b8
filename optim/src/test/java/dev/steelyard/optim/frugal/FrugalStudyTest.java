package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrugalStudyTest {

    private final InMemoryTrials nowhere = new InMemoryTrials(result -> {});

    /** Every criterion is measured, and the state is what a hand counts. */
    @Test
    void theWholePathWorksAtQuickScale() throws InterruptedException {
        Lab lab = new Lab("frugal", new LabOptions(Scale.QUICK, 0, Optional.of(1), 1, "cpu"), nowhere, Progress.SILENT);
        FrugalStudy study = new FrugalStudy();
        study.run(lab);
        assertThat(lab.findings().judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        assertThat(lab.findings().judgements()).allSatisfy(judgement -> assertThat(judgement.evidence())
                .filteredOn(evidence -> !judgement.claim().id().equals("overlap"))
                .allMatch(evidence -> evidence.interval().isPresent()));
        assertThat(lab.findings().tables()).hasSize(5);
        assertThat(lab.findings().charts()).hasSize(3);
        assertStateOfFineTuning();
    }

    /** Worked by hand for the model of the scale quick: width 32, one block of 4 x (32, 32), 2 x (96, 32), (32, 96). */
    private void assertStateOfFineTuning() {
        int head = 2 * 4 * 32;
        assertThat(state(FineTuner.HEAD)).isEqualTo(head);
        assertThat(state(FineTuner.NO_STATE)).isEqualTo(head);
        assertThat(state(FineTuner.LORA)).isEqualTo(head + 2 * 8 * (4 * 64 + 3 * 128));
        // 8 (4 x 64 + 3 x 128) / (4 x 1024 + 3 x 3072) is 0.38...: 12 columns of 32, 36 of 96.
        assertThat(state(FineTuner.COLUMNS)).isEqualTo(head + 2 * (4 * 12 * 32 + 2 * 12 * 96 + 36 * 32));
        // Rank 10 with its basis of 10 x 32.
        assertThat(state(FineTuner.GALORE)).isEqualTo(head + 4 * 3 * 320 + 3 * (2 * 960 + 320));
    }

    private double state(FineTuner tuner) {
        return nowhere.finished().values().stream()
                .filter(result -> result.trial().method().equals(tuner.title()))
                .filter(result -> result.trial().part().equals(FineTuningTrials.PART))
                .mapToDouble(result -> result.metric("stateNumbers"))
                .distinct()
                .sum();
    }

    /** A part that the table holds at all, it holds whole. */
    @Test
    void theTableHoldsTheWholeGrid() {
        List<Tuning.Entry> glosses = Tuning.published(WordNetTrials.PART).entries();
        for (String method : glosses.isEmpty() ? List.<String>of() : Contender.titles()) {
            assertThat(rates(glosses, method)).containsExactlyElementsOf(WordNetTrials.GRID);
        }
        List<Tuning.Entry> fineTuning = Tuning.published(FineTuningTrials.PART).entries();
        for (FineTuner tuner : fineTuning.isEmpty() ? new FineTuner[0] : FineTuner.values()) {
            assertThat(rates(fineTuning, tuner.title())).containsExactlyElementsOf(tuner.grid());
        }
    }

    private static List<Rate> rates(List<Tuning.Entry> entries, String method) {
        return entries.stream()
                .filter(entry -> entry.method().equals(method))
                .map(Tuning.Entry::rate)
                .toList();
    }

    @Test
    void theSmallestScoreChooses() {
        Rate slow = new Rate(1e-3, 0.25);
        Rate fast = new Rate(1e-2, 0.25);
        Tuning tuning = new Tuning(List.of(
                new Tuning.Entry("part", "a", slow, 2),
                new Tuning.Entry("part", "a", fast, 1),
                new Tuning.Entry("part", "b", slow, 3),
                new Tuning.Entry("part", "b", fast, 3)));
        assertThat(tuning.best("a")).isEqualTo(fast);
        assertThat(tuning.best("b")).isEqualTo(slow);
        assertThat(tuning.table("grid").rows()).hasSize(2);
        assertThat(Rate.parse(fast.toString())).isEqualTo(fast);
    }
}
