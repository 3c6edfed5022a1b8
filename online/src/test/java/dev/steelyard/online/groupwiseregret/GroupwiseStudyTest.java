package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.QuickLab;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupwiseStudyTest {

    /** Real tables are not read at quick scale. */
    @Test
    void everyClaimIsMeasuredAtQuickScale() throws InterruptedException {
        QuickLab.measures(new GroupwiseStudy(), 6, 0, Set.of("adult", "cost"));
    }
}
