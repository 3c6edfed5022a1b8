package dev.steelyard.online.oomdsea;

import dev.steelyard.online.QuickLab;
import org.junit.jupiter.api.Test;

class SeaStudyTest {

    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        QuickLab.measures(new SeaStudy(), 2 * 2 + 3, SeaStudy.CELLS.size());
    }
}
