package dev.steelyard.optim.frugal;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts FRUGAL's claims to the test, on an artificial language of characters and on WordNet's glosses. */
public final class FrugalStudy implements Study {

    private static final String TUNING = "tuning";
    private static final List<Contender> VARIANTS =
            List.of(Contender.BLOCKS, Contender.COLUMNS, Contender.SVD, Contender.NO_STATE);

    /** Margins of the small reproduction, in nats a character; see the class comment of {@link CharacterTrials}. */
    private static final double BEYOND_GALORE = 0.02;

    private static final double BEYOND_BADAM = 0.06;
    private static final double BEHIND_ADAMW = 0.03;
    private static final double SPREAD_OF_SUBSPACES = 0.1;

    private static final Claim EQUAL_MEMORY = equalMemory();
    private static final Claim NO_STATE = Claim.of(
                    "no-state", "Even without any state on the linear layers FRUGAL beats GaLore and BAdam")
            .figure("perplexity at 60M/130M/350M: FRUGAL without state 24.06/18.90/15.03, BAdam 24.86/20.34/16.41, "
                    + "GaLore 25.68/21.11/16.88")
            .above("galore", "loss of GaLore minus loss without state (nats a character)", BEYOND_GALORE)
            .above("badam", "loss of BAdam minus loss without state (nats a character)", BEYOND_BADAM);
    private static final Claim NEAR_ADAMW = nearAdamW();
    private static final Claim FULL_RANK = Claim.of(
                    "full-rank", "Which subspace has state matters little; that the rest moves too matters much")
            .figure("130M: subspaces within 0.2 to 0.5 perplexity")
            .below("spread", "largest minus smallest loss among blocks, columns and SVD (nats)", SPREAD_OF_SUBSPACES)
            .above("svd", "loss of GaLore minus loss of FRUGAL SVD (nats)", BEYOND_GALORE)
            .above("blocks", "loss of BAdam minus loss of FRUGAL blocks (nats)", BEYOND_BADAM);
    private static final Claim OVERLAP = Claim.of(
                    "overlap", "The leading directions of gradients overlap heavily over time")
            .figure("a figure of principal angles")
            .above(
                    "overlap",
                    "mean squared cosine between the directions of two refreshes, minus that of random ones",
                    0.05);
    private static final Claim REAL_TEXT = Claim.of(
                    "real-text", "On English text too FRUGAL beats GaLore and BAdam at equal memory")
            .figure("C4, 130M: 18.60 against 21.11 and 20.34 perplexity")
            .above("galore", "loss of GaLore minus loss of FRUGAL blocks (nats a token)", 0)
            .above("badam", "loss of BAdam minus loss of FRUGAL blocks (nats a token)", 0);
    private static final Claim FINE_TUNING = Claim.of(
                    "fine-tuning", "In fine-tuning FRUGAL matches LoRA and GaLore at the same state")
            .figure("GLUE with RoBERTa-base: about LoRA of rank 8, even without state")
            .above("lora", "score of FRUGAL minus score of LoRA", -0.5);

    private static Claim equalMemory() {
        Claim claim = Claim.of("equal-memory", "FRUGAL beats GaLore and BAdam at equal memory")
                .figure("perplexity at 60M/130M/350M/1B: FRUGAL 23.59/18.60/14.79/12.32, BAdam "
                        + "24.86/20.34/16.41/13.75, GaLore 25.68/21.11/16.88/13.69");
        for (Contender variant : List.of(Contender.BLOCKS, Contender.COLUMNS, Contender.SVD)) {
            claim = claim.above(
                            variant + "-galore",
                            "loss of GaLore minus loss of " + variant.title() + " (nats a character)",
                            BEYOND_GALORE)
                    .above(
                            variant + "-badam",
                            "loss of BAdam minus loss of " + variant.title() + " (nats a character)",
                            BEYOND_BADAM);
        }
        return claim;
    }

    private static Claim nearAdamW() {
        Claim claim = Claim.of("near-adamw", "FRUGAL comes near AdamW with a quarter of its state or none")
                .figure("perplexity at 130M: AdamW 18.13, FRUGAL 18.60, without state 18.90");
        for (Contender variant : VARIANTS) {
            claim = claim.below(
                    variant.name(),
                    "loss of " + variant.title() + " minus loss of AdamW (nats a character)",
                    BEHIND_ADAMW);
        }
        return claim;
    }

    @Override
    public String slug() {
        return "frugal";
    }

    @Override
    public List<Claim> claims() {
        return List.of(EQUAL_MEMORY, NO_STATE, NEAR_ADAMW, FULL_RANK, OVERLAP, REAL_TEXT, FINE_TUNING);
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        CharacterTrials characters =
                new CharacterTrials(lab.scale(), lab.seeds().child("language"));
        Map<Contender, Double> rates = lab.scale() == Scale.FULL ? tuned(lab, characters) : published();
        TrialResults language = lab.trials(
                grid(CharacterTrials.PART, lab.repetitions(1, 5, 10)),
                (trial, context) -> characters.run(trial, context, rates.get(Contender.titled(trial.method()))));
        WordNetTrials glosses = new WordNetTrials(lab.scale(), lab.seeds().child("wordnet"));
        TrialResults wordnet = lab.trials(
                grid(WordNetTrials.PART, lab.repetitions(1, 3, 5)),
                (trial, context) -> glosses.run(trial, context, rates.get(Contender.titled(trial.method()))));
        judge(lab.findings(), language, wordnet);
        report(lab.findings(), language, "Artificial language, validation loss (nats a character)");
        report(lab.findings(), wordnet, "WordNet's glosses, validation loss (nats a token)");
        lab.findings()
                .note("Learning rates are those that a grid over {1e-3, 3e-3, 1e-2, 3e-2} chose on the artificial "
                        + "language" + (lab.scale() == Scale.FULL ? " in this run." : " (scale full tunes them anew)."))
                .note("State is counted in numbers; AdamW keeps two a weight. The embedding, norms and head have "
                        + "AdamW's state under every method but signSGD, as in the paper.")
                .note("On WordNet no rate is tuned, and GaLore's factor of 0.25 on the linear layers alone lets its "
                        + "embedding learn faster than theirs, which the other methods do not have here.")
                .note("Fine-tuning is not measured: no pre-trained encoder or GLUE task comes with the library.");
    }

    private static List<Trial> grid(String part, int repetitions) {
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < repetitions; seed++) {
            for (Contender contender : Contender.values()) {
                grid.add(new Trial(part, contender.title(), "", seed));
            }
        }
        return grid;
    }

    private static Map<Contender, Double> published() {
        Map<Contender, Double> rates = new EnumMap<>(Contender.class);
        for (Contender contender : Contender.values()) {
            rates.put(contender, contender.learningRate());
        }
        return rates;
    }

    /** Chooses each contender's learning rate by one run a rate, on a seed that the comparison does not use. */
    private static Map<Contender, Double> tuned(Lab lab, CharacterTrials characters) throws InterruptedException {
        int unusedSeed = 1000;
        List<Trial> grid = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            Contender.GRID.forEach(
                    rate -> grid.add(new Trial(TUNING, contender.title(), Double.toString(rate), unusedSeed)));
        }
        TrialResults results = lab.trials(
                grid, (trial, context) -> characters.run(trial, context, Double.parseDouble(trial.setting())));
        Map<Contender, Double> rates = new EnumMap<>(Contender.class);
        for (Contender contender : Contender.values()) {
            TrialResult best = results.method(contender.title()).all().stream()
                    .min(Comparator.comparingDouble(result -> result.metric("loss")))
                    .orElseThrow();
            rates.put(contender, Double.parseDouble(best.trial().setting()));
        }
        return rates;
    }

    private static void judge(Findings findings, TrialResults language, TrialResults wordnet) {
        Map<String, Interval> equalMemory = new LinkedHashMap<>();
        for (Contender variant : List.of(Contender.BLOCKS, Contender.COLUMNS, Contender.SVD)) {
            equalMemory.put(variant + "-galore", gap(language, Contender.GALORE, variant));
            equalMemory.put(variant + "-badam", gap(language, Contender.BADAM, variant));
        }
        Map<String, Interval> nearAdamW = new LinkedHashMap<>();
        VARIANTS.forEach(variant -> nearAdamW.put(variant.name(), gap(language, variant, Contender.ADAMW)));
        findings.judge(EQUAL_MEMORY, equalMemory)
                .judge(
                        NO_STATE,
                        Map.of(
                                "galore", gap(language, Contender.GALORE, Contender.NO_STATE),
                                "badam", gap(language, Contender.BADAM, Contender.NO_STATE)))
                .judge(NEAR_ADAMW, nearAdamW)
                .judge(
                        FULL_RANK,
                        Map.of(
                                "spread", spread(language),
                                "svd", gap(language, Contender.GALORE, Contender.SVD),
                                "blocks", gap(language, Contender.BADAM, Contender.BLOCKS)))
                .judge(OVERLAP, overlap(language))
                .judge(
                        REAL_TEXT,
                        Map.of(
                                "galore", gap(wordnet, Contender.GALORE, Contender.BLOCKS),
                                "badam", gap(wordnet, Contender.BADAM, Contender.BLOCKS)))
                .judge(FINE_TUNING, Map.of());
    }

    private static Interval gap(TrialResults results, Contender first, Contender second) {
        return Interval.ofPairedDifference(losses(results, first), losses(results, second));
    }

    private static double[] losses(TrialResults results, Contender contender) {
        return results.method(contender.title()).metric("loss");
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

    private static void report(Findings findings, TrialResults results, String title) {
        Table.Builder table = Table.titled(title, "method", "loss", "perplexity", "state (numbers)", "seconds a run");
        Chart chart = Chart.titled(title, "step", "loss");
        for (Contender contender : Contender.values()) {
            TrialResults runs = results.method(contender.title());
            double[] losses = runs.metric("loss");
            table.row(
                    contender.title(),
                    Interval.of(losses),
                    Interval.of(Arrays.stream(losses).map(Math::exp).toArray()),
                    Math.rint(runs.interval("stateNumbers").mean()),
                    runs.all().stream()
                            .mapToDouble(TrialResult::seconds)
                            .average()
                            .orElseThrow());
            chart = chart.with(Chart.Series.ofRepetitions(contender.title(), runs.curves("validation")));
        }
        findings.table(table.build()).chart(chart);
    }
}
