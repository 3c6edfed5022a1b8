package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.Batches;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.optim.frugal.TrainingLoop.Schedule;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part on real English text: a small Llama trained on WordNet's glosses by each contender. */
final class WordNetTrials {

    static final String PART = "wordnet";

    /**
     * What a tuning run tries; the paper's GaLore is {@code x 0.25}. A factor of 1 was tried at the first three rates: it
     * was the best of no method.
     */
    static final List<Rate> GRID = Rate.grid(List.of(3e-3, 1e-2, 3e-2, 1e-1), List.of(0.03, 0.1, 0.25));

    private static final double HELD_OUT = 0.02;
    private static final int LENGTH = 64;
    private static final int BATCH = 8;
    private static final int HELD_OUT_BATCHES = 8;
    private static final int HELD_OUT_BATCH = 16;
    private static final int UPDATE_GAP = 50;

    private final TrainingLoop loop;
    private final ModelConfig config;
    private final PackedTokens training;
    private final PackedTokens heldOut;

    WordNetTrials(Scale scale, Glosses glosses) {
        loop = scale.pick(
                new TrainingLoop(8, 2, Schedule.COSINE),
                new TrainingLoop(400, 10, Schedule.COSINE),
                new TrainingLoop(4_000, 20, Schedule.COSINE));
        TextCorpus.Split split = glosses.corpus().split(HELD_OUT);
        training = glosses.packed(split.train());
        heldOut = glosses.packed(split.heldOut());
        // At scale standard as wide and deep as the model of characters: a method trains it in some seven seconds.
        config = ModelConfig.of(glosses.vocabularySize(), scale.pick(32, 64, 192), scale.pick(1, 2, 4), 4, LENGTH);
    }

    void run(Trial trial, TrialContext context, Rate rate) throws InterruptedException {
        Contender contender = Contender.titled(trial.method());
        Batches batches = new Batches(
                training, BATCH, LENGTH, context.seeds().child("batches").value());
        List<TrainingLoop.Batch> validation = heldOutBatches();
        try (CausalLanguageModel model =
                CausalLanguageModel.initialise(config, context.seeds().generator("model"))) {
            Map<String, Tensor> regular = new LinkedHashMap<>(model.parameters());
            Map<String, Tensor> projectable = new LinkedHashMap<>();
            model.projectable().forEach(name -> projectable.put(name, regular.remove(name)));
            try (Optimizer optimizer = contender.optimizer(
                    projectable,
                    regular,
                    rate,
                    UPDATE_GAP,
                    context.seeds().child("choices").value())) {
                loop.run(
                        context,
                        optimizer,
                        model::loss,
                        () -> {
                            PackedTokens.Batch batch = batches.next();
                            return new TrainingLoop.Batch(batch.inputs(), batch.targets());
                        },
                        validation,
                        step -> {});
            }
            context.metric("loss", TrainingLoop.evaluate(model::loss, validation));
        }
        validation.forEach(batch -> {
            batch.inputs().close();
            batch.targets().close();
        });
    }

    private List<TrainingLoop.Batch> heldOutBatches() {
        int size = Math.min(HELD_OUT_BATCH, heldOut.blocks(LENGTH));
        Batches batches = new Batches(heldOut, size, LENGTH, 0);
        List<TrainingLoop.Batch> all = new ArrayList<>();
        for (int i = 0; i < Math.min(HELD_OUT_BATCHES, heldOut.blocks(LENGTH) / size); i++) {
            PackedTokens.Batch batch = batches.next();
            all.add(new TrainingLoop.Batch(
                    batch.inputs().keepForever(), batch.targets().keepForever()));
        }
        return all;
    }
}
