package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.ranking.QuickStudy;
import org.junit.jupiter.api.Test;

class DlaStudyTest {

    @Test
    void theWholePathWorksAtQuickScale() throws InterruptedException {
        DlaStudy study = new DlaStudy();
        Findings findings = QuickStudy.findings(study, 1);
        assertThat(findings.judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        assertThat(findings.tables()).hasSize(4);
        assertThat(findings.charts()).hasSize(5);
    }
}
