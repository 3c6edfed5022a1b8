package dev.steelyard.optim.frugal;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts FRUGAL's claims to the test: in pre-training on an artificial language of characters and on WordNet's glosses,
 * and in fine-tuning a model of the latter.
 */
public final class FrugalStudy implements Study {

    /** The grid on the artificial language, at scale full. */
    private static final List<Double> CHARACTER_GRID = List.of(1e-3, 3e-3, 1e-2, 3e-2);

    @Override
    public String slug() {
        return "frugal";
    }

    @Override
    public List<Claim> claims() {
        return FrugalClaims.all();
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        boolean tunes = lab.scale() == Scale.FULL;
        CharacterTrials characters =
                new CharacterTrials(lab.scale(), lab.seeds().child("language"));
        WordNetTrials glosses;
        FineTuningTrials fineTuning;
        try (Glosses text = new Glosses(lab.scale())) {
            glosses = new WordNetTrials(lab.scale(), text);
            fineTuning = new FineTuningTrials(lab.scale(), lab.seeds().child("fine-tuning"), text);
        }
        Tuning characterRates = tunes ? tune(lab, characters) : null;
        Tuning glossRates = glossRates(lab, glosses);
        Tuning fineTuningRates = fineTuningRates(lab, fineTuning);

        // One grid, so that no core waits at the end of a part. A trial of fine-tuning comes first, since it trains the
        // base that the others of its part wait for.
        List<Trial> fineTunings = grid(FineTuningTrials.PART, FineTuner.titles(), lab.repetitions(1, 4, 10));
        List<Trial> all = new ArrayList<>(fineTunings.subList(0, 1));
        all.addAll(grid(CharacterTrials.PART, Contender.titles(), lab.repetitions(1, 5, 10)));
        all.addAll(grid(WordNetTrials.PART, Contender.titles(), lab.repetitions(1, 4, 5)));
        all.addAll(fineTunings.subList(1, fineTunings.size()));
        TrialResults results = lab.trials(all, (trial, context) -> {
            String method = trial.method();
            switch (trial.part()) {
                case CharacterTrials.PART ->
                    characters.run(
                            trial,
                            context,
                            tunes
                                    ? characterRates.best(method)
                                    : Contender.titled(method).characterRate());
                case WordNetTrials.PART -> glosses.run(trial, context, glossRates.best(method));
                default -> fineTuning.run(trial, context, fineTuningRates.best(method), WordClasses.Side.TEST);
            }
        });
        TrialResults language = results.part(CharacterTrials.PART);
        TrialResults wordnet = results.part(WordNetTrials.PART);
        TrialResults tuned = results.part(FineTuningTrials.PART);

        FrugalReport.judge(lab.findings(), language, wordnet, tuned);
        FrugalReport.losses(
                lab.findings(),
                language,
                Contender.titles(),
                "Artificial language, validation loss (nats a character)");
        FrugalReport.losses(
                lab.findings(), wordnet, Contender.titles(), "WordNet's glosses, validation loss (nats a token)");
        FrugalReport.accuracies(lab.findings(), tuned);
        if (tunes) {
            lab.findings().table(characterRates.table("Tuning on the artificial language: loss"));
        }
        lab.findings()
                .table(glossRates.table("Tuning on WordNet's glosses: loss by rate x factor of the linear layers"))
                .table(fineTuningRates.table(
                        "Tuning of fine-tuning: validation error (%) by rate x factor of the linear layers"))
                .note("Rates on the artificial language are those that a grid over {1e-3, 3e-3, 1e-2, 3e-2} chose"
                        + (tunes ? " in this run." : " (scale full tunes them anew)."))
                .note("On WordNet and in fine-tuning every method chose its learning rate and the factor of its"
                        + " linear layers on the same grid, by one run each on a seed that is not judged; where"
                        + " the table that comes with the study holds that choice, only scale full runs it anew.")
                .note(
                        "Losses in the tables and claims are measured on all of the held-out text after the last step, the"
                                + " curves on a part of it.")
                .note("State is counted in numbers; AdamW keeps two a weight. In pre-training the embedding, norms and"
                        + " head have AdamW's state under every method but signSGD, as in the paper; in fine-tuning"
                        + " only the head and the linear layers are trained, save under AdamW with all weights.")
                .note("Fine-tuning is measured on the word class of WordNet's glosses, with a model of "
                        + "0.4 million weights that was pre-trained on others of them, not on GLUE.");
    }

    private static Tuning glossRates(Lab lab, WordNetTrials glosses) throws InterruptedException {
        if (lab.scale() == Scale.QUICK) {
            return Tuning.untuned(WordNetTrials.PART, Contender.titles(), WordNetTrials.GRID.getFirst());
        }
        Tuning published = Tuning.published(WordNetTrials.PART);
        return lab.scale() == Scale.FULL || published.entries().isEmpty() ? tune(lab, glosses) : published;
    }

    private static Tuning fineTuningRates(Lab lab, FineTuningTrials fineTuning) throws InterruptedException {
        if (lab.scale() == Scale.QUICK) {
            return Tuning.untuned(FineTuningTrials.PART, FineTuner.titles(), FineTuningTrials.GRID.getFirst());
        }
        Tuning published = Tuning.published(FineTuningTrials.PART);
        return lab.scale() == Scale.FULL || published.entries().isEmpty() ? tune(lab, fineTuning) : published;
    }

    /** On the artificial language only the rate is tuned; GaLore's factor is its own there. */
    static Tuning tune(Lab lab, CharacterTrials characters) throws InterruptedException {
        List<Tuning.Entry> entries = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            List<Rate> grid =
                    Rate.grid(CHARACTER_GRID, List.of(contender.characterRate().linearFactor()));
            entries.addAll(
                    Tuning.run(lab, CharacterTrials.PART, "loss", List.of(contender.title()), grid, characters::run)
                            .entries());
        }
        return new Tuning(entries);
    }

    static Tuning tune(Lab lab, WordNetTrials glosses) throws InterruptedException {
        return Tuning.run(lab, WordNetTrials.PART, "loss", Contender.titles(), WordNetTrials.GRID, glosses::run);
    }

    static Tuning tune(Lab lab, FineTuningTrials fineTuning) throws InterruptedException {
        List<Tuning.Entry> entries = new ArrayList<>();
        for (FineTuner tuner : FineTuner.values()) {
            entries.addAll(Tuning.run(
                            lab,
                            FineTuningTrials.PART,
                            "error",
                            List.of(tuner.title()),
                            tuner.grid(),
                            (trial, context, rate) -> fineTuning.run(trial, context, rate, WordClasses.Side.VALIDATION))
                    .entries());
        }
        return new Tuning(entries);
    }

    private static List<Trial> grid(String part, List<String> methods, int repetitions) {
        List<Trial> grid = new ArrayList<>();
        for (int seed = 0; seed < repetitions; seed++) {
            for (String method : methods) {
                grid.add(new Trial(part, method, "", seed));
            }
        }
        return grid;
    }
}
