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
    void armsArriveInTheirFilesOrder() throws IOException {
        String lines = "{\"id\": \"b\", \"payload\": {\"bid\": 2}}\n{\"id\": 7, \"payload\": \"x\"}\n{\"id\": \"a\"}\n";
        assertThat(ArrivingArm.read("arms.jsonl", new StringReader(lines)))
                .containsExactly(
                        new ArrivingArm("b", "{\"bid\":2}"), new ArrivingArm("7", "x"), new ArrivingArm("a", ""));
        assertThat(ArrivingArm.read("arms.csv", new StringReader("id,payload\nb,\"1,2\"\na,\n")))
                .containsExactly(new ArrivingArm("b", "1,2"), new ArrivingArm("a", ""));
        assertThatThrownBy(() -> ArrivingArm.read("arms.csv", new StringReader("id\na\nb\na\n")))
                .hasMessage("arms.csv, row 3: arm 'a' came before; each arm comes once");
        assertThatThrownBy(() -> ArrivingArm.read("arms.csv", new StringReader("id,payload\n,p\n")))
                .hasMessage("arms.csv, row 1: the arm has no id");
    }

    /** For the log of a service: which pulls made up which batch. */
    @Test
    void aPullTellsItsBatch() {
        StreamScale scale = new StreamScale(2, 80, .5, 1);
        StreamingBandit bandit = new StreamingBandit(scale, KeepBest.fixed("two", scale, 2));
        assertThat(bandit.batchNumber()).isEmpty();
        long first = bandit.decide("a").id();
        long second = bandit.decide(null).id();
        long early = bandit.decide(null).id();
        assertThat(bandit.batchNumber(first)).isEqualTo(bandit.batchNumber()).isPresent();
        assertThat(bandit.batchNumber(second)).isEqualTo(bandit.batchNumber());
        assertThat(bandit.batchNumber(early)).isEmpty();
        long number = bandit.batchNumber().getAsLong();
        bandit.feedback(first, .5);
        bandit.feedback(second, .5);
        assertThat(bandit.batchNumber()).isEmpty();
        long next = bandit.decide("b").id();
        assertThat(bandit.batchNumber(next).getAsLong()).isGreaterThan(number);
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
