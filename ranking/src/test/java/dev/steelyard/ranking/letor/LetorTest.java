package dev.steelyard.ranking.letor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ranker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetorTest {

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("set.svm"), List.of(lines));
    }

    @Test
    void readsDocumentsByQuery() throws IOException {
        List<JudgedQuery> queries =
                LetorFile.read(file("2 qid:10 1:0.3 4:1.5 # doc42", "0 qid:10 2:-1", "", "1 qid:7 1:2"));
        assertThat(queries).extracting(JudgedQuery::id).containsExactly("10", "7");
        assertThat(queries.getFirst().grades()).containsExactly(2, 0);
        assertThat(queries.getFirst().features()[0]).containsExactly(.3, 0, 0, 1.5);
        assertThat(queries.get(1).features()[0]).containsExactly(2, 0, 0, 0);
    }

    @Test
    void badLinesAreNamed() throws IOException {
        refuse("set.svm:2", "feature '3:x'", "1 qid:1 1:1", "1 qid:1 3:x");
        refuse("set.svm:1", "ascend", "1 qid:1 3:1 2:1");
        refuse("set.svm:1", "feature '0:1'", "1 qid:1 0:1");
        refuse("set.svm:1", "finite", "1 qid:1 1:NaN");
        refuse("set.svm:1", "grade 'x'", "x qid:1 1:1");
        refuse("set.svm:1", "grade '1.5'", "1.5 qid:1 1:1");
        refuse("set.svm:1", "qid", "1 1:1");
        refuse("set.svm:3", "sort the file", "1 qid:1 1:1", "1 qid:2 1:1", "1 qid:1 1:1");
        assertThatThrownBy(() -> LetorFile.read(file("# nothing"))).hasMessageContaining("no document");
    }

    private void refuse(String place, String problem, String... lines) throws IOException {
        Path file = file(lines);
        assertThatThrownBy(() -> LetorFile.read(file))
                .hasMessageContaining(place)
                .hasMessageContaining(problem);
    }

    @Test
    void measuresByHand() {
        int[] grades = {0, 2, 1};
        double log3 = Math.log(3) / Math.log(2);
        assertThat(RankingMetrics.dcg(grades, 10)).isCloseTo(3 / log3 + 1 / 2.0, within(1e-12));
        assertThat(RankingMetrics.ndcg(grades, 10)).isCloseTo((3 / log3 + .5) / (3 + 1 / log3), within(1e-12));
        assertThat(RankingMetrics.ndcg(new int[] {3, 2, 0}, 10)).isEqualTo(1);
        assertThat(RankingMetrics.ndcg(new int[] {0, 0}, 10)).isNaN();
        // Stops with 3/4 at the second, 1/4 at the third document.
        assertThat(RankingMetrics.err(grades, 10, 2)).isCloseTo(.75 / 2 + .25 * .25 / 3, within(1e-12));
        assertThat(RankingMetrics.averagePrecision(grades)).isCloseTo((1 / 2.0 + 2 / 3.0) / 2, within(1e-12));
        assertThat(RankingMetrics.ndcg(new int[] {0, 1}, 1)).isZero();
    }

    @Test
    void equalScoresKeepTheirOrder() {
        double[] scores = {-0.0, 0.0, 1, 0.0, -0.0, 1};
        assertThat(((Ranker) documents -> scores).rank(new double[6][])).containsExactly(2, 5, 0, 1, 3, 4);
    }

    @Test
    void queriesWithoutRelevantDocumentsAreLeftOutAndCounted() {
        List<JudgedQuery> queries = List.of(
                new JudgedQuery("a", new double[][] {{1}, {2}}, new int[] {1, 0}),
                new JudgedQuery("b", new double[][] {{1}, {2}}, new int[] {0, 0}));
        RankingEvaluator measured =
                RankingEvaluator.evaluate(documents -> new double[] {documents[0][0], documents[1][0]}, queries, 10);
        assertThat(measured.queries()).isEqualTo(1);
        assertThat(measured.leftOut()).isEqualTo(1);
        assertThat(measured.meanAveragePrecision()).isEqualTo(.5);
        assertThatThrownBy(() -> RankingEvaluator.evaluate(documents -> new double[2], queries.subList(1, 2), 10))
                .hasMessageContaining("no query has a relevant document");
    }

    @Test
    void commentsNameDocumentsAndGzipIsToldByItsBytes() throws IOException {
        Path packed = folder.resolve("set.txt");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(("\uFEFF2 qid:a 1:1 #docid = GX01 inc = 1\n0 qid:a\t1:2   3:4  # d2 more\n1 qid:b # d3\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        List<JudgedQuery> queries = LetorFile.read(packed);
        assertThat(queries.getFirst().documents()).containsExactly("GX01", "d2");
        assertThat(queries.getFirst().features()).isDeepEqualTo(new double[][] {{1, 0, 0}, {2, 0, 4}});
        assertThat(queries.get(1).document(0)).isEqualTo("d3");
        assertThat(queries.get(1).features()[0]).containsExactly(0, 0, 0);
        byte[] whole = Files.readAllBytes(packed);
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> LetorFile.read(cut)).hasMessageContaining("cut.gz is a damaged gzip file");
        assertThat(LetorFile.read(file("1 qid:1 1:1")).getFirst().document(0)).isEqualTo("1");
    }

    @Test
    void queriesComeOneByOne() throws IOException {
        Path file = file("1 qid:1 1:1", "0 qid:1 2:1", "1 qid:2 3:1");
        List<String> seen = new ArrayList<>();
        LetorFile.forEach(file, 4, query -> seen.add(query.id() + query.size() + query.features()[0].length));
        assertThat(seen).containsExactly("124", "214");
        assertThatThrownBy(() -> LetorFile.forEach(file, 2, query -> {}))
                .hasMessageContaining("set.svm:3")
                .hasMessageContaining("feature 3 is beyond the 2");
    }

    /** What is written is what is read, however sparse. */
    @Property(tries = 50)
    void readsWhatWasWritten(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int features = 1 + random.nextInt(100);
        StringBuilder text = new StringBuilder();
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < 20; row++) {
            double[] values = new double[features];
            text.append(random.nextInt(5)).append(" qid:").append(row / 3);
            for (int i = 0; i < features; i++) {
                if (random.nextInt(4) == 0 || row == 19 && i == features - 1) {
                    values[i] = random.nextGaussian();
                    text.append(' ').append(i + 1).append(':').append(values[i]);
                }
            }
            text.append('\n');
            rows.add(values);
        }
        Path file = Files.createTempFile("letor", ".svm");
        try {
            Files.writeString(file, text);
            List<double[]> read = LetorFile.read(file).stream()
                    .flatMap(query -> Arrays.stream(query.features()))
                    .toList();
            assertThat(read.toArray(double[][]::new)).isDeepEqualTo(rows.toArray(double[][]::new));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void measuresHaveNames() {
        int[] grades = {0, 2, 1};
        for (String name : List.of("ndcg@10", "err@3", "map", "mrr", "mrr@1", "precision@2")) {
            assertThat(RankingMeasure.named(name).name()).isEqualTo(name);
        }
        assertThat(RankingMeasure.named("ndcg@10").of(grades, 2)).isEqualTo(RankingMetrics.ndcg(grades, 10));
        assertThat(RankingMeasure.named("err@3").of(grades, 2)).isEqualTo(RankingMetrics.err(grades, 3, 2));
        assertThat(RankingMeasure.named("map").of(grades, 2)).isEqualTo(RankingMetrics.averagePrecision(grades));
        assertThat(RankingMeasure.named("MRR").of(grades, 2)).isEqualTo(.5);
        assertThat(RankingMeasure.named("mrr@1").of(grades, 2)).isZero();
        assertThat(RankingMeasure.named("precision@2").of(grades, 2)).isEqualTo(.5);
        assertThat(RankingMeasure.named("precision@5").of(grades, 2)).isEqualTo(.4);
        assertThatThrownBy(() -> RankingMeasure.named("auc")).hasMessageContaining("there are ndcg@K");
        assertThatThrownBy(() -> RankingMeasure.named("ndcg@ten")).hasMessageContaining("whole number");
        assertThatThrownBy(() -> RankingMeasure.named("ndcg@0")).hasMessageContaining("depth");
        assertThatThrownBy(() -> RankingMeasure.named("map@3")).hasMessageContaining("whole list");
        assertThatThrownBy(() -> RankingMeasure.named("precision")).hasMessageContaining("precision@5");
    }

    @Test
    void aJudgeMeasuresWhenAllCame() {
        RankingJudge judge = new RankingJudge();
        judge.add(new JudgedQuery("a", new double[2][1], new int[] {1, 0}), new int[] {1, 0});
        judge.add(new JudgedQuery("b", new double[2][1], new int[] {0, 0}), new int[] {0, 1});
        judge.add(new JudgedQuery("c", new double[2][1], new int[] {0, 3}), new int[] {1, 0});
        assertThat(judge.queries()).isEqualTo(2);
        assertThat(judge.leftOut()).isEqualTo(1);
        RankingMeasure err = RankingMeasure.named("err@10");
        // Stops with 1/8 at the second, 7/8 at the first document.
        assertThat(judge.measure(err, OptionalInt.empty()).mean()).isCloseTo((1 / 16.0 + 7 / 8.0) / 2, within(1e-12));
        assertThat(judge.measure(err, OptionalInt.of(4)).mean()).isCloseTo((1 / 32.0 + 7 / 16.0) / 2, within(1e-12));
        assertThatThrownBy(() -> judge.measure(err, OptionalInt.of(2))).hasMessageContaining("there is a grade 3");
        assertThatThrownBy(() -> new RankingJudge().measure(err, OptionalInt.empty()))
                .hasMessageContaining("no query has a relevant document");
    }

    /** No order is worth more than that by grade, and nDCG says 1 there. */
    @Property(tries = 200)
    void nothingBeatsTheOrderByGrade(@ForAll List<@IntRange(max = 4) Integer> list) {
        int[] grades = list.stream().mapToInt(i -> i).toArray();
        int[] best =
                list.stream().sorted(Comparator.reverseOrder()).mapToInt(i -> i).toArray();
        if (Arrays.stream(grades).sum() > 0) {
            assertThat(RankingMetrics.ndcg(best, 5)).isEqualTo(1);
            assertThat(RankingMetrics.ndcg(grades, 5)).isBetween(0.0, 1.0);
            assertThat(RankingMetrics.err(grades, 5, 4)).isLessThanOrEqualTo(RankingMetrics.err(best, 5, 4) + 1e-12);
            assertThat(RankingMetrics.averagePrecision(best)).isEqualTo(1);
        }
    }
}
