package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialResults;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** From trials to verdicts, tables and charts. */
final class FrugalReport {

    private FrugalReport() {}

    static void judge(Findings findings, TrialResults language, TrialResults wordnet, TrialResults fineTuning) {
        Map<String, Interval> equalMemory = new LinkedHashMap<>();
        for (Contender variant : List.of(Contender.BLOCKS, Contender.COLUMNS, Contender.SVD)) {
            equalMemory.put(variant + "-galore", gap(language, Contender.GALORE, variant));
            equalMemory.put(variant + "-badam", gap(language, Contender.BADAM, variant));
        }
        equalMemory.put("order", Interval.exact(shareInOrder(language)));
        Map<String, Interval> nearAdamW = new LinkedHashMap<>();
        FrugalClaims.VARIANTS.forEach(
                variant -> nearAdamW.put(variant.name(), gap(language, variant, Contender.ADAMW)));
        findings.judge(FrugalClaims.EQUAL_MEMORY, equalMemory)
                .judge(
                        FrugalClaims.NO_STATE,
                        Map.of(
                                "galore", gap(language, Contender.GALORE, Contender.NO_STATE),
                                "badam", gap(language, Contender.BADAM, Contender.NO_STATE)))
                .judge(FrugalClaims.NEAR_ADAMW, nearAdamW)
                .judge(
                        FrugalClaims.FULL_RANK,
                        Map.of(
                                "spread", spread(language),
                                "svd", gap(language, Contender.GALORE, Contender.SVD),
                                "blocks", gap(language, Contender.BADAM, Contender.BLOCKS)))
                .judge(FrugalClaims.OVERLAP, overlap(language))
                .judge(
                        FrugalClaims.REAL_TEXT,
                        Map.of(
                                "galore", gap(wordnet, Contender.GALORE, Contender.BLOCKS),
                                "badam", gap(wordnet, Contender.BADAM, Contender.BLOCKS),
                                "columns-galore", gap(wordnet, Contender.GALORE, Contender.COLUMNS),
                                "svd-galore", gap(wordnet, Contender.GALORE, Contender.SVD)))
                .judge(
                        FrugalClaims.FINE_TUNING,
                        Map.of(
                                "columns-lora", lead(fineTuning, FineTuner.COLUMNS, FineTuner.LORA),
                                "columns-galore", lead(fineTuning, FineTuner.COLUMNS, FineTuner.GALORE),
                                "no-state-lora", lead(fineTuning, FineTuner.NO_STATE, FineTuner.LORA),
                                "room", lead(fineTuning, FineTuner.ADAMW, FineTuner.HEAD)));
    }

    private static Interval gap(TrialResults results, Contender first, Contender second) {
        return Interval.ofPairedDifference(losses(results, first), losses(results, second));
    }

    /** In points of accuracy. */
    private static Interval lead(TrialResults results, FineTuner first, FineTuner second) {
        return Interval.ofPairedDifference(
                results.method(second.title()).metric("error"),
                results.method(first.title()).metric("error"));
    }

    private static double[] losses(TrialResults results, Contender contender) {
        return results.method(contender.title()).metric("loss");
    }

    private static double shareInOrder(TrialResults results) {
        double[] blocks = losses(results, Contender.BLOCKS);
        double[] galore = losses(results, Contender.GALORE);
        double[] badam = losses(results, Contender.BADAM);
        long inOrder = IntStream.range(0, blocks.length)
                .filter(run -> blocks[run] < galore[run] && galore[run] < badam[run])
                .count();
        return (double) inOrder / blocks.length;
    }

    private static Interval spread(TrialResults results) {
        double[] blocks = losses(results, Contender.BLOCKS);
        double[] columns = losses(results, Contender.COLUMNS);
        double[] svd = losses(results, Contender.SVD);
        double[] spread = new double[blocks.length];
        for (int seed = 0; seed < spread.length; seed++) {
            spread[seed] = Math.max(blocks[seed], Math.max(columns[seed], svd[seed]))
                    - Math.min(blocks[seed], Math.min(columns[seed], svd[seed]));
        }
        return Interval.of(spread);
    }

    private static Map<String, Interval> overlap(TrialResults results) {
        double[] overlaps = results.method(Contender.ADAMW.title()).metric("overlapBeyondChance");
        boolean measured = Arrays.stream(overlaps).noneMatch(Double::isNaN);
        return measured ? Map.of("overlap", Interval.of(overlaps)) : Map.of();
    }

    static void losses(Findings findings, TrialResults results, List<String> methods, String title) {
        Table.Builder table = Table.titled(title, "method", "loss", "perplexity", "state (numbers)", "seconds a run");
        for (String method : methods) {
            TrialResults runs = results.method(method);
            double[] losses = runs.metric("loss");
            table.row(
                    method,
                    Interval.of(losses),
                    Interval.of(Arrays.stream(losses).map(Math::exp).toArray()),
                    state(runs),
                    seconds(runs));
        }
        findings.table(table.build()).chart(chart(results, title, methods));
    }

    static void accuracies(Findings findings, TrialResults results) {
        Table.Builder table = Table.titled(
                "Word class of a gloss, fine-tuned",
                "method",
                "accuracy (%)",
                "loss",
                "state (numbers)",
                "seconds a run");
        for (String method : FineTuner.titles()) {
            TrialResults runs = results.method(method);
            double[] accuracies = Arrays.stream(runs.metric("error"))
                    .map(error -> 100 - error)
                    .toArray();
            table.row(method, Interval.of(accuracies), runs.interval("loss"), state(runs), seconds(runs));
        }
        findings.table(table.build())
                .chart(chart(
                        results, "Word class of a gloss, test loss in fine-tuning (nats a gloss)", FineTuner.titles()));
    }

    private static double state(TrialResults runs) {
        return Math.rint(runs.interval("stateNumbers").mean());
    }

    private static double seconds(TrialResults runs) {
        return runs.all().stream().mapToDouble(TrialResult::seconds).average().orElseThrow();
    }

    private static Chart chart(TrialResults results, String title, List<String> methods) {
        Chart chart = Chart.titled(title, "step", "loss");
        for (String method : methods) {
            chart = chart.with(
                    Chart.Series.ofRepetitions(method, results.method(method).curves("validation")));
        }
        return chart;
    }
}
