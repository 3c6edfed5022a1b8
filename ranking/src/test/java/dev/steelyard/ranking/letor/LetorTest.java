package dev.steelyard.ranking.letor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
