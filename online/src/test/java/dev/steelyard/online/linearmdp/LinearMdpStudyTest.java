package dev.steelyard.online.linearmdp;

import dev.steelyard.online.QuickLab;
import org.junit.jupiter.api.Test;

class LinearMdpStudyTest {

    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        QuickLab.measures(new LinearMdpStudy(), 4, 2);
    }
}
