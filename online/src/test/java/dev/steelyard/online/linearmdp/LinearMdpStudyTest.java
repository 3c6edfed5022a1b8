package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Lab;
import dev.steelyard.online.QuickLab;
import org.junit.jupiter.api.Test;

class LinearMdpStudyTest {

    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        LinearMdpStudy study = new LinearMdpStudy();
        Lab lab = QuickLab.run(study);
        assertThat(lab.findings().judgements().stream().map(Judgement::claim).toList())
                .isEqualTo(study.claims());
        assertThat(lab.findings().judgements().stream().flatMap(judgement -> judgement.evidence().stream()))
                .allSatisfy(evidence -> assertThat(evidence.interval())
                        .as(evidence.criterion().id())
                        .isPresent());
        assertThat(lab.findings().tables()).hasSize(3);
        assertThat(lab.findings().charts()).hasSize(2);
    }
}
