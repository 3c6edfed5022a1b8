package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Table;
import dev.steelyard.ranking.QuickStudy;
import org.junit.jupiter.api.Test;

class DlaStudyTest {

    @Test
    void theWholePathWorksAtQuickScale() throws InterruptedException {
        DlaStudy study = new DlaStudy();
        Findings findings = QuickStudy.findings(study, 2);
        assertThat(findings.judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        Table scarce = findings.tables().getLast();
        assertThat(scarce.columns()).startsWith("sessions");
        assertThat(scarce.rows()).hasSize(DlaStudy.RANDOMISED.size() + 1);
        // Fewer randomised sessions, other weights, another ranker.
        assertThat(scarce.rows().getFirst().get(1))
                .isNotEqualTo(scarce.rows().getLast().get(1));
    }
}
