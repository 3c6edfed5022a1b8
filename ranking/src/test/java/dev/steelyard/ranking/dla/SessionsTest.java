package dev.steelyard.ranking.dla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.click.ClickModel;
import dev.steelyard.ranking.click.ExaminationTables;
import dev.steelyard.ranking.click.PerceivedRelevance;
import dev.steelyard.ranking.letor.JudgedQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

    private static final Seeds SEEDS = Seeds.root(1);
    private static final List<JudgedQuery> QUERIES = List.of(
            new JudgedQuery("10", new double[][] {{1}, {2}, {3}}, new int[] {0, 4, 1}, List.of("d1", "d2", "d3")),
            new JudgedQuery("11", new double[][] {{4}, {5}}, new int[] {2, 0}));

    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    @Test
    void bothFormsSayTheSame() throws IOException {
        Path json = file(
                "log.jsonl",
                "{\"query\": \"10\", \"documents\": [\"d3\", \"d1\"], \"clicks\": [0, 1]}",
                "",
                "{\"query\": 11, \"clicked\": [1]}",
                "{\"query\": \"11\", \"documents\": [\"2\", \"1\"], \"clicked\": [2]}");
        Path table = file("log.tsv", "query\tdocuments\tclicks", "10\td3, d1\t0,1", "11\t\t1", "11\t2,1\t0,1");
        for (Path log : List.of(json, table)) {
            List<SessionLog.Session> sessions = new ArrayList<>();
            assertThat(SessionLog.read(log, sessions::add)).isEqualTo(3);
            assertThat(sessions.getFirst().documents()).containsExactly("d3", "d1");
            assertThat(sessions.getFirst().clicks()).containsExactly(false, true);
            assertThat(sessions.get(1).documents()).isEmpty();
            assertThat(sessions.get(1).clicks()).containsExactly(true);
            assertThat(sessions.get(2).clicks()).containsExactly(false, true);
        }
        LoggedSessions logged = LoggedSessions.read(json, QUERIES, 2, 40, true, SEEDS);
        assertThat(logged.sessions()).isEqualTo(3);
        assertThat(logged.longer()).isZero();
        assertThat(logged.batch(3)).hasSize(40).isEqualTo(logged.batch(3)).isNotEqualTo(logged.batch(4));
        assertThat(logged.batch(0).stream().map(ClickedList::features))
                .anyMatch(features -> Arrays.deepEquals(features, new double[][] {{3}, {1}}))
                .anyMatch(features -> Arrays.deepEquals(features, new double[][] {{5}, {4}}));
    }

    @Test
    void longSessionsAreCutAndSilentOnesLeftOut() throws IOException {
        Path log = file("log.tsv", "10\td1,d2,d3\t0,0,1", "10\td1,d2,d3\t0,1,0", "10\td1,d2\t0,0", "11\t1\t1");
        LoggedSessions logged = LoggedSessions.read(log, QUERIES, 2, 5, true, SEEDS);
        assertThat(logged.read()).isEqualTo(4);
        assertThat(logged.sessions()).isEqualTo(1);
        assertThat(logged.longer()).isEqualTo(2);
        assertThat(LoggedSessions.read(log, QUERIES, 2, 5, false, SEEDS).sessions())
                .isEqualTo(4);
    }

    @Test
    void badSessionsAreToldByFileAndLine() throws IOException {
        refuse("a whole log without clicks", "none has two documents and a click", "10\td1,d2\t0,0");
        refuse(":2: ", "there is no query '12'", "10\td1,d2\t0,1", "12\td1\t1");
        refuse(":1: ", "has no document 'd9'", "10\td1,d9\t0,1");
        refuse(":1: ", "clicks for 3 places, but 2 documents", "10\td1,d2\t0,1,1");
        refuse(":1: ", "click at place 3, but query 11 has 2", "11\t\t0,0,1");
        refuse(":1: ", "click 'x' of place 2", "10\td1,d2\t0,x");
        refuse(":1: ", "three columns", "10 d1");
        refuse(":1: ", "place 3 of 2", "{\"query\": \"10\", \"documents\": [\"d1\", \"d2\"], \"clicked\": [3]}");
        refuse(":1: ", "neither 'clicks'", "{\"query\": \"10\"}");
        refuse(":1: ", "no 'query'", "{\"clicks\": [1]}");
        refuse(":1: ", "no JSON", "{\"query\": ");
    }

    /** Comments that are no names, such as "# relevant", would give every session the last of such documents. */
    @Test
    void aNameOfSeveralDocumentsIsRefused() throws IOException {
        List<JudgedQuery> alike = List.of(new JudgedQuery(
                "10", new double[][] {{1}, {2}, {3}}, new int[] {0, 4, 1}, List.of("same", "other", "same")));
        Path log = file("log.tsv", "10\tother\t1", "10\tother,same\t0,1");
        assertThatThrownBy(() -> LoggedSessions.read(log, alike, 3, 5, true, SEEDS))
                .hasMessageContaining("log.tsv:2: query 10 has several documents 'same'");
    }

    private void refuse(String place, String problem, String... lines) throws IOException {
        Path log = file("bad.log", lines);
        assertThatThrownBy(() -> LoggedSessions.read(log, QUERIES, 3, 5, true, SEEDS))
                .hasMessageContaining("bad.log" + (place.startsWith(":") ? place : ""))
                .hasMessageContaining(problem);
    }

    private static SimulatedSessions simulated(ClickModel users, int size) {
        return new SimulatedSessions(QUERIES, users, PerceivedRelevance.DEFAULT, 10, size, true, SEEDS);
    }

    @Test
    void aStepIsDrawnAlikeWheneverItIsDrawn() {
        SimulatedSessions sessions = simulated(ClickModel.positionBased(1), 50);
        List<ClickedList> third = sessions.batch(3);
        sessions.batch(7);
        List<ClickedList> again = sessions.batch(3);
        for (int b = 0; b < third.size(); b++) {
            assertThat(again.get(b).clicks()).isEqualTo(third.get(b).clicks());
            assertThat(again.get(b).features()).isDeepEqualTo(third.get(b).features());
            assertThat(third.get(b).isClicked()).isTrue();
        }
        assertThatThrownBy(() -> simulated((relevance, random) -> new boolean[relevance.length], 1)
                        .batch(0))
                .hasMessageContaining("none has a click");
    }

    @Test
    void randomisedUsersTellTheirPropensities() {
        List<Double> found =
                simulated(ClickModel.positionBased(1), 1).randomised(200_000, 2).propensities();
        double[] truth = ExaminationTables.positions(1);
        assertThat(found.getFirst()).isEqualTo(1);
        assertThat(found.get(1)).isCloseTo(truth[1] / truth[0], within(.02));
    }

    @Test
    void aRankerShowsDocumentsInItsOrder() {
        JudgedQuery shown = SimulatedSessions.shownBy(
                        documents -> Arrays.stream(documents)
                                .mapToDouble(document -> document[0])
                                .toArray(),
                        QUERIES)
                .getFirst();
        assertThat(shown.grades()).containsExactly(1, 4, 0);
        assertThat(shown.documents()).containsExactly("d3", "d2", "d1");
    }

    @Test
    void everyAlgorithmGoesOnFromItsFileWhateverTheThreads() throws Exception {
        for (ClickAlgorithm algorithm : ClickAlgorithm.values()) {
            Teaching teaching = algorithm == ClickAlgorithm.LABELS
                    ? new JudgedLists(QUERIES, 8, SEEDS)
                    : simulated(ClickModel.positionBased(1), 8);
            ClickLearner whole = learner(algorithm);
            train(whole, teaching, 0, 20, 1);
            ClickLearner first = learner(algorithm);
            train(first, teaching, 0, 7, 2);
            Path file = folder.resolve(algorithm.label() + ".json");
            new RankerFile(algorithm.label(), Map.of("a", "b"), 7, 20, List.of(1.0, .5), first.snapshot()).write(file);
            RankerFile read = RankerFile.read(file);
            assertThat(read.isFinished()).isFalse();
            assertThat(read.propensities()).containsExactly(1.0, .5);
            assertThat(read.options()).containsEntry("a", "b");
            ClickLearner second = learner(algorithm);
            second.restore(read.learner());
            train(second, teaching, 7, 20, 1);
            assertThat(second.snapshot()).as(algorithm.label()).isEqualTo(whole.snapshot());
            double[][] documents = {{1}, {2}};
            assertThat(read.ranker().scores(documents)).isEqualTo(first.scores(documents));
        }
        Path other = file("other.json", "{\"of\": \"elo\"}");
        assertThatThrownBy(() -> RankerFile.read(other)).hasMessageContaining("other.json is no ranker");
    }

    private static ClickLearner learner(ClickAlgorithm algorithm) {
        return algorithm.learner(
                new MultilayerPerceptron(1, 1, 3, 1),
                DualOptionsBuilder.builder(DualOptions.DEFAULT).positions(3).build(),
                List.of(1.0, .5, .25),
                2);
    }

    private static void train(ClickLearner learner, Teaching teaching, long first, long steps, int threads)
            throws InterruptedException {
        List<Long> checkpoints = new ArrayList<>();
        new ClickTraining(learner, teaching, Progress.SILENT)
                .run(first, steps, 5, Optional.of(threads), checkpoints::add);
        assertThat(checkpoints).contains(steps).hasSize((int) (Math.ceilDiv(steps, 5L) - first / 5));
    }

    @Test
    void anInterruptSavesTheStepAndStops() {
        List<Long> checkpoints = new ArrayList<>();
        ClickTraining training =
                new ClickTraining(learner(ClickAlgorithm.NAIVE), (learner, step) -> true, Progress.SILENT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> training.run(3, 100, 50, Optional.empty(), checkpoints::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(checkpoints).containsExactly(4L);
    }

    @Test
    void progressIsToldAlikeWhereTheCommaIsDecimal() throws InterruptedException {
        List<String> told = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void update(double fraction, String message) {
                told.add(message);
            }

            @Override
            public void say(String line) {}
        };
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            new ClickTraining(learner(ClickAlgorithm.DLA), simulated(ClickModel.positionBased(1), 8), progress)
                    .run(0, 1, 1, Optional.of(1), step -> {});
        } finally {
            Locale.setDefault(before);
        }
        assertThat(told).singleElement().asString().matches("step 1 of 1, losses \\d\\.\\d{4} and \\d\\.\\d{4}");
    }

    @Test
    void algorithmsHaveNames() {
        assertThat(ClickAlgorithm.named("REM")).isEqualTo(ClickAlgorithm.REM);
        assertThatThrownBy(() -> ClickAlgorithm.named("pairwise")).hasMessageContaining("there are dla");
        assertThatThrownBy(() -> ClickAlgorithm.IPW.learner(
                        new MultilayerPerceptron(1, 1, 1), DualOptions.DEFAULT, List.of(1.0), 1))
                .hasMessageContaining("1 propensities for 10 positions");
    }
}
