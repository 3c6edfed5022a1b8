package dev.steelyard.online.wtb;

import dev.steelyard.online.QuickLab;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WtbStudyTest {

    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        QuickLab.measures(new WtbStudy(), 2, 1, Set.of("lower"));
    }
}
