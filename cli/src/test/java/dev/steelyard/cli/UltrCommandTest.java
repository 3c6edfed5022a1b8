package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UltrCommandTest {

    private static final Object[] SMALL = {"--hidden", 4, "--batch", 32, "--rate", .1};

    @TempDir
    Path folder;

    private Path set;
    private Path log;

    /** Feature 2 is the grade with noise; documents stand in random order; clicks are the grade's, at the first places. */
    @BeforeEach
    void write() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        List<String> sessions = new ArrayList<>();
        for (int query = 1; query <= 40; query++) {
            int[] grades = random.ints(6, 0, 5).toArray();
            grades[random.nextInt(6)] = 4;
            for (int d = 0; d < 6; d++) {
                lines.add("%d qid:%d 1:%.3f 2:%.3f # d%d"
                        .formatted(grades[d], query, random.nextGaussian(), grades[d] + .1 * random.nextGaussian(), d));
            }
            for (int session = 0; session < 20; session++) {
                List<String> clicks = new ArrayList<>();
                for (int d = 0; d < 6; d++) {
                    clicks.add(random.nextDouble() < grades[d] / 4.0 / (d + 1) ? "1" : "0");
                }
                sessions.add(
                        "{\"query\": \"%d\", \"documents\": [\"d0\", \"d1\", \"d2\", \"d3\", \"d4\", \"d5\"], \"clicks\": %s}"
                                .formatted(query, clicks));
            }
        }
        set = Files.write(folder.resolve("set.svm"), lines);
        log = Files.write(folder.resolve("log.jsonl"), sessions);
    }

    private static Steelyard.Outcome ultr(Object... words) {
        Object[] all = new Object[words.length + 1];
        all[0] = "ultr";
        System.arraycopy(words, 0, all, 1, words.length);
        return Steelyard.run(all);
    }

    private Steelyard.Outcome train(Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("train", "--train", set, "--out", out));
        words.addAll(List.of(SMALL));
        words.addAll(List.of(more));
        return ultr(words.toArray());
    }

    private static Steelyard.Outcome done(Steelyard.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private double ndcg(Path ranker) {
        String json = done(ultr("evaluate", ranker, "--test", set, "--metrics", "ndcg@3", "--json"))
                .out();
        return Double.parseDouble(json.replaceAll("(?s).*\"mean\" : ([0-9.E-]+).*", "$1"));
    }

    @Test
    void aRankerLearntFromALogRanksAndTellsPropensities() throws IOException {
        Path ranker = folder.resolve("ranker.json");
        assertThat(done(train(ranker, "--clicks", log, "--steps", 150, "--positions", 6))
                        .out())
                .contains("dla over 40 queries, 150 steps", "Of 800 sessions");
        assertThat(ndcg(ranker)).isGreaterThan(.9);
        Path csv = folder.resolve("p.csv");
        Path svg = folder.resolve("p.svg");
        assertThat(done(ultr("propensity", ranker, "--out", csv)).out())
                .contains("found by dla in 150 steps")
                .containsPattern("1 +1\\.0000 +#{40}");
        done(ultr("propensity", ranker, "--out", svg, "--json"));
        assertThat(Files.readString(csv))
                .startsWith("place,propensity\n1,1.0\n")
                .hasLineCount(7);
        assertThat(Files.readString(svg)).startsWith("<svg ").contains("<polyline points=\"50.0,");
        Path run = folder.resolve("ranker.run");
        done(ultr("evaluate", ranker, "--test", set, "--run", run, "--queries", "2-3"));
        assertThat(Files.readString(run)).hasLineCount(12).containsPattern("(?m)^2 Q0 d\\d 1 \\S+ dla$");
    }

    @Test
    void trainingGoesOnBitForBit() throws IOException {
        Path whole = folder.resolve("whole.json");
        Path parts = folder.resolve("parts.json");
        done(train(whole, "--users", "ubm", "--steps", 60, "--previous-clicks"));
        done(train(parts, "--users", "ubm", "--steps", 25, "--previous-clicks"));
        Steelyard.Outcome other = train(parts, "--users", "pbm", "--steps", 60, "--previous-clicks", "--resume");
        assertRefused(other, "started with other options", "--users was ubm, is pbm");
        done(train(parts, "--users", "ubm", "--steps", 60, "--previous-clicks", "--resume", "--threads", 1));
        assertThat(Files.readString(parts)).isEqualTo(Files.readString(whole));
        assertRefused(
                train(parts, "--users", "ubm", "--steps", 60, "--previous-clicks", "--resume"),
                "has done 60 steps already");
    }

    @Test
    void everyAlgorithmTrains() {
        Path labels = folder.resolve("labels.json");
        done(train(labels, "--algo", "labels", "--steps", 60, "--queries", "1-20"));
        assertThat(ndcg(labels)).isGreaterThan(.9);
        for (String algorithm : List.of("ipw", "rem", "naive", "dla")) {
            Path ranker = folder.resolve(algorithm + ".json");
            done(train(
                    ranker,
                    "--algo",
                    algorithm,
                    "--users",
                    "pbm",
                    "--shown-by",
                    labels,
                    "--steps",
                    60,
                    "--randomised",
                    20000));
            assertThat(ndcg(ranker)).as(algorithm).isGreaterThan(.8);
        }
        assertRefused(ultr("propensity", folder.resolve("naive.json")), "learnt by naive", "take dla or rem");
    }

    @Test
    void propensitiesOfRandomisedSessionsFeedIpw() throws IOException {
        Path p = folder.resolve("p.json");
        assertThat(done(ultr("propensity", "--randomised", log, "--positions", 6, "--out", p))
                        .out())
                .contains("clicks of 800 sessions");
        Path ranker = folder.resolve("ipw.json");
        done(train(ranker, "--algo", "ipw", "--clicks", log, "--propensities", p, "--positions", 6, "--steps", 100));
        assertThat(ndcg(ranker)).isGreaterThan(.9);
    }

    private static void assertRefused(Steelyard.Outcome outcome, Object... told) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
        for (Object part : told) {
            assertThat(outcome.err()).contains(part.toString());
        }
    }

    @Test
    void badInputIsToldWithItsPlace() throws IOException {
        Path out = folder.resolve("out.json");
        assertRefused(train(out), "give either --clicks");
        assertRefused(train(out, "--users", "people"), "no users are called 'people'");
        assertRefused(train(out, "--users", "pbm", "--algo", "pairwise"), "no algorithm is called 'pairwise'");
        assertRefused(train(out, "--users", "pbm", "--queries", "7"), "as in 1-100");
        assertRefused(train(out, "--users", "pbm", "--queries", "100-200"), "no query of " + set);
        assertRefused(train(out, "--clicks", log, "--algo", "ipw"), "needs --propensities");
        assertRefused(train(out, "--users", "pbm", "--l2", -1), "l2 must be");
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"query\": \"99\", \"clicks\": [1]}\n");
        assertRefused(train(out, "--clicks", bad), bad + ":1: ", "no query '99'");
        Path svm = Files.writeString(folder.resolve("bad.svm"), "1 qid:1 1:1\n1 qid:1 x\n");
        assertRefused(ultr("train", "--train", svm, "--users", "pbm", "--out", out), svm + ":2: ", "feature 'x'");
        assertThat(out).doesNotExist();
        assertRefused(train(set, "--users", "pbm"), "there is a file already at " + set);
        assertRefused(train(folder.resolve("none").resolve("out.json"), "--users", "pbm"), "cannot write");
        assertRefused(ultr("evaluate", set, "--test", set), set + " is no ranker");
        assertRefused(ultr("propensity"), "give either a ranker");
        Path ranker = folder.resolve("ranker.json");
        done(train(ranker, "--users", "pbm", "--steps", 1));
        Path wide = Files.writeString(folder.resolve("wide.svm"), "1 qid:1 3:1\n");
        assertRefused(ultr("evaluate", ranker, "--test", wide), wide + ":1: ", "feature 3 is beyond the 2");
        assertRefused(ultr("evaluate", ranker, "--test", set, "--metrics", "auc"), "no measure is called 'auc'");
        assertRefused(ultr("propensity", ranker, "--out", folder.resolve("p.txt")), "*.json, *.csv or *.svg");
    }

    @Test
    void helpShowsExamples() {
        assertThat(done(ultr()).out()).contains("train", "propensity", "evaluate");
        assertThat(done(ultr("train", "--help")).out()).contains("Examples:", "--previous-clicks");
    }
}
