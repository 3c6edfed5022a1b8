package dev.steelyard.online.streamingmab;

import dev.steelyard.online.QuickLab;
import org.junit.jupiter.api.Test;

class StreamingStudyTest {

    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        QuickLab.measures(new StreamingStudy(), 5, 1);
    }
}
