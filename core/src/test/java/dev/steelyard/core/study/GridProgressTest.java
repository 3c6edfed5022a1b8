package dev.steelyard.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a grid is, and how long it will go on, by a clock that the test turns. */
class GridProgressTest {

    private final List<String> told = new ArrayList<>();
    private double fraction;
    private Duration now = Duration.ofDays(-1);

    private GridProgress grid(int total, int before) {
        return new GridProgress(
                total,
                before,
                new Progress() {
                    @Override
                    public void update(double done, String message) {
                        fraction = done;
                        told.add(message);
                    }

                    @Override
                    public void say(String line) {}
                },
                () -> now.toNanos());
    }

    private static Trial trial(int seed) {
        return new Trial("text", "AdamW", "", seed);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void theRestTakesAsLongAsTheBeginningDid() {
        GridProgress grid = grid(10, 0);
        pass(Duration.ofSeconds(4));
        grid.within(trial(0), 0.1);
        assertThat(told.getLast()).as("too early to tell").isEqualTo("text 0/10 trials, now AdamW");
        pass(Duration.ofSeconds(56));
        grid.within(trial(0), 0.5);
        // Half a trial a minute: nine and a half are left.
        assertThat(told.getLast()).isEqualTo("text 0/10 trials, now AdamW, about 19 min left for these");
        grid.within(trial(1), 0.5);
        assertThat(told.getLast()).endsWith("about 9 min left for these");
        grid.done(trial(0));
        assertThat(fraction).isEqualTo(0.15);
        for (int seed = 1; seed < 10; seed++) {
            grid.done(trial(seed));
        }
        assertThat(told.getLast()).isEqualTo("text 10/10 trials, now AdamW");
    }

    @Test
    void whatAnInterruptedRunHasDoneTellsNothingOfThePace() {
        GridProgress grid = grid(10, 8);
        pass(Duration.ofSeconds(30));
        grid.within(trial(8), 0);
        assertThat(told.getLast()).isEqualTo("text 8/10 trials, now AdamW");
        grid.within(trial(8), 0.5);
        assertThat(told.getLast()).endsWith("about 90 s left for these");
    }

    @ParameterizedTest
    @CsvSource({"10, 10 s", "119, 119 s", "120, 2 min", "7100, 118 min", "7200, 2 h", "172800, 48 h"})
    void unitsThatAPersonThinksIn(int seconds, String words) {
        GridProgress grid = grid(2, 0);
        pass(Duration.ofSeconds(seconds));
        grid.done(trial(0));
        assertThat(told.getLast()).endsWith("about " + words + " left for these");
    }
}
