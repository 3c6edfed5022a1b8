package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.Batches;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.frugal.TrainingLoop.Schedule;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part on fine-tuning: a small Llama, pre-trained once on WordNet's glosses, learns the word class of those that a
 * gloss defines. A repetition draws the training set, the head and the order; the base is the same.
 */
final class FineTuningTrials {

    static final String PART = "fine-tuning";

    /** What a tuning run tries. */
    static final List<Rate> GRID = Rate.grid(List.of(1e-3, 1e-2), List.of(0.3, 1.0, 3.0));

    private static final double HELD_OUT = 0.2;
    private static final int LENGTH = 64;
    private static final int BATCH = 16;
    private static final double BASE_RATE = 3e-3;

    private final TrainingLoop pretraining;
    private final TrainingLoop loop;
    private final ModelConfig config;
    private final PackedTokens text;
    private final WordClasses task;
    private final Seeds seeds;
    private Map<String, float[]> base;

    FineTuningTrials(Scale scale, Seeds seeds, Glosses glosses) {
        this.seeds = seeds;
        pretraining = scale.pick(
                new TrainingLoop(4, 1, Schedule.COSINE),
                new TrainingLoop(400, 1, Schedule.COSINE),
                new TrainingLoop(6_000, 1, Schedule.COSINE));
        loop = scale.pick(
                new TrainingLoop(4, 2, Schedule.LINEAR),
                new TrainingLoop(200, 2, Schedule.LINEAR),
                new TrainingLoop(2_000, 10, Schedule.LINEAR));
        TextCorpus.Split split = glosses.corpus().split(HELD_OUT);
        text = glosses.packed(split.train());
        task = new WordClasses(scale, glosses, split);
        config = ModelConfig.of(glosses.vocabularySize(), scale.pick(32, 96, 192), scale.pick(1, 3, 4), 4, LENGTH);
    }

    /** Records what {@link TrainingLoop#run} does, {@code loss} in nats, and {@code error} in percent. */
    void run(Trial trial, TrialContext context, Rate rate, WordClasses.Side side) throws Exception {
        Map<String, float[]> weights = base(context);
        List<TrainingLoop.Batch> heldOut = task.heldOut(side);
        try (Classifier classifier = new Classifier(
                        of(weights), WordClasses.classes(), context.seeds().generator("head"));
                FineTuner.Training training =
                        FineTuner.titled(trial.method()).over(classifier, rate, context.seeds())) {
            loop.run(
                    context,
                    training.optimizer(),
                    classifier::loss,
                    task.training(BATCH, context.seeds().generator("examples")),
                    heldOut,
                    step -> {});
            Classifier.Score score = classifier.score(heldOut);
            context.metric("loss", score.loss());
            context.metric("error", score.error());
        }
        heldOut.forEach(batch -> {
            batch.inputs().close();
            batch.targets().close();
        });
    }

    private CausalLanguageModel of(Map<String, float[]> weights) {
        CausalLanguageModel model = CausalLanguageModel.initialise(config, seeds.generator("base"));
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            model.parameters()
                    .forEach((name, tensor) -> tensor.copyInPlace(Tensor.of(weights.get(name), tensor.shape())));
        }
        return model;
    }

    /** Trained by whoever comes first, on one thread; the others wait for the same bits. */
    private synchronized Map<String, float[]> base(TrialContext context) throws InterruptedException {
        if (base == null) {
            Batches batches =
                    new Batches(text, BATCH, LENGTH, seeds.child("batches").value());
            Map<String, float[]> trained = new LinkedHashMap<>();
            try (CausalLanguageModel model = CausalLanguageModel.initialise(config, seeds.generator("base"));
                    Optimizer optimizer =
                            new AdamW(model.parameters(), new AdamWOptions(BASE_RATE, 0.9, 0.999, 1e-8, 0))) {
                pretraining.steps(
                        (done, total) -> context.progress(0, total),
                        optimizer,
                        () -> {
                            PackedTokens.Batch batch = batches.next();
                            return model.loss(batch.inputs(), batch.targets());
                        },
                        step -> {},
                        step -> {});
                model.parameters().forEach((name, tensor) -> trained.put(name, tensor.toFloats()));
            }
            base = trained;
        }
        return base;
    }
}
