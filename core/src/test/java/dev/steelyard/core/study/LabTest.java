package dev.steelyard.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabTest {

    private static final class Memory implements TrialStore {
        private final Map<String, TrialResult> results = new ConcurrentHashMap<>();

        @Override
        public Map<String, TrialResult> finished() {
            return Map.copyOf(results);
        }

        @Override
        public void append(TrialResult result) {
            results.put(result.trial().key(), result);
        }
    }

    private final Memory memory = new Memory();

    private Lab lab(int threads) {
        LabOptions options = new LabOptions(Scale.QUICK, 7, Optional.empty(), threads, "cpu");
        return new Lab("test", options, memory, Progress.SILENT);
    }

    private static List<Trial> grid(String method, int seeds) {
        return IntStream.range(0, seeds)
                .mapToObj(seed -> new Trial("part", method, "", seed))
                .toList();
    }

    private static void draw(Trial trial, TrialContext context) throws InterruptedException {
        context.metric("x", context.seeds().generator("data").nextDouble());
        context.progress(1, 1);
    }

    @Test
    void trialsOfOneSeedSeeTheSameNumbersOnAnyNumberOfThreads() throws InterruptedException {
        double[] one = lab(1).trials(grid("a", 8), LabTest::draw).metric("x");
        memory.results.clear();
        double[] three = lab(3).trials(grid("b", 8), LabTest::draw).metric("x");
        assertThat(three).isEqualTo(one);
        assertThat(one).doesNotHaveDuplicates();
    }

    @Test
    void finishedTrialsAreNotRunAgain() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        TrialBody body = (trial, context) -> {
            runs.incrementAndGet();
            draw(trial, context);
        };
        TrialResults first = lab(2).trials(grid("a", 4), body);
        TrialResults again = lab(2).trials(grid("a", 6), body);
        assertThat(runs).hasValue(6);
        assertThat(again.all().subList(0, 4)).isEqualTo(first.all());
    }

    @Test
    void aFailingTrialStopsTheStudyAndIsNamed() {
        assertThatThrownBy(() -> lab(1).trials(grid("a", 3), (trial, context) -> {
                    if (trial.seed() == 1) {
                        throw new IllegalStateException("the sky fell");
                    }
                    draw(trial, context);
                }))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageContaining("part/a/1")
                .hasMessageContaining("the sky fell");
        assertThat(memory.results).containsKey("part/a/0").doesNotContainKey("part/a/1");
    }

    @Test
    void anInterruptStopsTheTrialsThatRun() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Thread user = new Thread(() -> {
            try {
                lab(1).trials(grid("a", 2), (trial, context) -> {
                    started.countDown();
                    for (long step = 0; ; step++) {
                        context.progress(step % 10, 10);
                    }
                });
            } catch (InterruptedException e) {
                memory.append(new TrialResult(new Trial("seen", "stop", "", 0), Map.of(), Map.of(), 0));
            }
        });
        user.start();
        started.await();
        user.interrupt();
        user.join();
        assertThat(memory.results).containsOnlyKeys("seen/stop/0");
    }

    @Test
    void aTrialMayNotStandInTheGridTwice() {
        Trial trial = new Trial("part", "a", "", 0);
        assertThatThrownBy(() -> lab(1).trials(List.of(trial, trial), LabTest::draw))
                .hasMessageContaining("part/a/0 twice");
    }
}
