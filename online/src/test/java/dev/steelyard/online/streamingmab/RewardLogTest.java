package dev.steelyard.online.streamingmab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.online.InvalidOutcomeException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class RewardLogTest {

    private static RewardLog read(String text) throws IOException {
        return RewardLog.read("rewards.csv", new StringReader(text));
    }

    @Test
    void aStrategyIsTriedOnALog() throws IOException {
        StringBuilder text = new StringBuilder("time,arm,reward\n");
        for (int t = 0; t < 100; t++) {
            text.append(t).append(t % 2 == 0 ? ",b,0.25\n" : ",a," + t % 4 / 3 + "\n");
        }
        RewardLog log = read(text.toString());
        assertThat(log.arms()).containsExactly("b", "a");
        StreamScale scale = new StreamScale(2, 80, .5, 1);
        StreamingBandit bandit = new StreamingBandit(scale, KeepBest.fixed("twenty", scale, 20));
        for (String arm : log.arms()) {
            bandit.offer(arm);
            assertThat(bandit.pullBatch(log)).isEqualTo(20);
        }
        bandit.finish();
        // Of a's rewards 0, 1, 0, 1, ... the mean is .5.
        assertThat(bandit.selected()).isEqualTo("a");
        assertThat(log.left("a")).isEqualTo(30);
        assertThatThrownBy(() -> log.mean("a", 31))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("30 rewards left");
        assertThat(log.left("a")).isEqualTo(30);
        assertThat(log.left("nobody")).isZero();
    }

    @Test
    void badRewardsAreToldByRow() {
        assertThatThrownBy(() -> read("arm,reward\na,0\na,2\n"))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("rewards.csv, row 2: the reward is 2.0");
        assertThatThrownBy(() -> read("arm,reward\n,0\n")).hasMessageContaining("row 1: the arm has no name");
        assertThatThrownBy(() -> read("time,arm,reward\n2,a,0\n1,a,0\n")).hasMessageContaining("row 2: time 1.0");
    }
}
