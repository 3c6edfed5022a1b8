package dev.steelyard.online.onesidedfair;

import dev.steelyard.online.QuickLab;
import org.junit.jupiter.api.Test;

class OneSidedFairStudyTest {

    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        QuickLab.measures(new OneSidedFairStudy(), 5, 2);
    }
}
