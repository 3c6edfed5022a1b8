package dev.steelyard.ranking.fairsubset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Table;
import dev.steelyard.ranking.QuickStudy;
import org.junit.jupiter.api.Test;

class FairSubsetStudyTest {

    @Test
    void theWholePathWorksAtQuickScale() throws InterruptedException {
        FairSubsetStudy study = new FairSubsetStudy();
        Findings findings = QuickStudy.findings(study, 3);
        assertThat(findings.judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        assertThat(findings.tables()).hasSize(5);
        assertThat(findings.charts()).hasSize(4);
        Table strength = findings.tables().getFirst();
        assertThat(strength.columns()).contains("random committee", "proportional");
        // Without bias what is selected without a quota is the best.
        int column = strength.columns().indexOf("without quota");
        assertThat(strength.rows().getFirst().get(column))
                .isInstanceOfSatisfying(
                        Table.Measured.class,
                        cell -> assertThat(cell.interval().mean()).isEqualTo(1));
    }
}
