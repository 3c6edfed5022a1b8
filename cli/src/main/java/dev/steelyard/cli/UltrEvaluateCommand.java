package dev.steelyard.cli;

import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.core.study.Interval;
import dev.steelyard.ranking.Ranker;
import dev.steelyard.ranking.dla.MultilayerPerceptron;
import dev.steelyard.ranking.dla.RankerFile;
import dev.steelyard.ranking.letor.JudgedQuery;
import dev.steelyard.ranking.letor.LetorFile;
import dev.steelyard.ranking.letor.RankingJudge;
import dev.steelyard.ranking.letor.RankingMeasure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a ranker on judged queries. */
@Command(
        name = "evaluate",
        description = "Measure a ranker on a judged LETOR/SVM-light file. The file may be larger than memory.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard ultr evaluate ranker.json --test test.svm",
            "  steelyard ultr evaluate ranker.json --test test.svm.gz --metrics ndcg@1,ndcg@10,err@10,map --json",
            "  steelyard ultr evaluate ranker.json --test test.svm --run ranker.run      a run for trec_eval"
        })
final class UltrEvaluateCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RANKER", description = "What 'ultr train --out' wrote.")
    private Path ranker;

    @Option(names = "--test", paramLabel = "FILE", required = true, description = "Judged queries; .gz too.")
    private Path test;

    @Mixin
    private QueryRange queries;

    @Option(
            names = "--metrics",
            paramLabel = "NAMES",
            split = ",",
            defaultValue = "ndcg@10,err@10,map",
            description = "ndcg@K, err@K, map, mrr@K, precision@K (default: ndcg@10,err@10,map).")
    private List<String> metrics;

    @Option(
            names = "--largest-grade",
            paramLabel = "G",
            description = "Top of the scale of grades, for err (default: the largest in the file).")
    private Optional<Integer> largestGrade = Optional.empty();

    @Option(
            names = "--run",
            paramLabel = "FILE",
            description = "Write the rankings there too, in trec_eval's form: query Q0 document rank score name.")
    private Optional<Path> run = Optional.empty();

    @Mixin
    private Output output;

    @Override
    public Integer call() throws Exception {
        List<RankingMeasure> measures =
                metrics.stream().map(RankingMeasure::named).toList();
        queries.validate();
        RankerFile read = RankerFile.read(ranker);
        MultilayerPerceptron scorer = read.ranker();
        RankingJudge judge = new RankingJudge();
        StringBuilder lines = new StringBuilder();
        LetorFile.forEach(test, scorer.features(), query -> {
            if (queries.holds(query)) {
                double[] scores = scorer.scores(query.features());
                Ranker known = documents -> scores;
                int[] order = known.rank(query.features());
                judge.add(query, order);
                if (run.isPresent()) {
                    append(lines, query, order, scores, read.algorithm());
                }
            }
        });
        OptionalInt scale = largestGrade.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        Map<String, Interval> measured = new LinkedHashMap<>();
        measures.forEach(measure -> measured.put(measure.name(), judge.measure(measure, scale)));
        run.ifPresent(file -> AtomicFiles.write(file, lines.toString()));
        output.print(() -> json(read, judge, measured), out -> {
            measured.forEach((name, interval) -> out.printf(
                    "%-14s %.4f  [%.4f, %.4f]%n", name, interval.mean(), interval.lower(), interval.upper()));
            out.printf(
                    "%d queries; %d without a relevant document left out. In brackets: 95 %% over queries.%n",
                    judge.queries(), judge.leftOut());
            if (!read.isFinished()) {
                out.printf("The ranker is on its way: %d of %d steps.%n", read.step(), read.steps());
            }
        });
        return 0;
    }

    private static void append(StringBuilder lines, JudgedQuery query, int[] order, double[] scores, String name) {
        for (int rank = 0; rank < order.length; rank++) {
            lines.append(query.id())
                    .append(" Q0 ")
                    .append(query.document(order[rank]))
                    .append(' ')
                    .append(rank + 1)
                    .append(' ')
                    .append(scores[order[rank]])
                    .append(' ')
                    .append(name)
                    .append('\n');
        }
    }

    private static Map<String, Object> json(RankerFile read, RankingJudge judge, Map<String, Interval> measured) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("algorithm", read.algorithm());
        json.put("step", read.step());
        json.put("steps", read.steps());
        json.put("queries", judge.queries());
        json.put("leftOut", judge.leftOut());
        Map<String, Object> values = new LinkedHashMap<>();
        measured.forEach((name, interval) -> {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("mean", interval.mean());
            value.put("lower", Double.isFinite(interval.lower()) ? interval.lower() : null);
            value.put("upper", Double.isFinite(interval.upper()) ? interval.upper() : null);
            values.put(name, value);
        });
        json.put("metrics", values);
        return json;
    }
}
