package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.optim.frugal.TrainingLoop.Schedule;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The part on the artificial language: a character model trained by each contender. */
final class CharacterTrials {

    static final String PART = "language";

    private static final int TRAINING_CHARACTERS = 200_000;
    private static final int HELD_OUT_CHARACTERS = 20_000;
    private static final int BATCH = 8;

    /** So few that what a batch passes on stays in the cache: 104 windows take nearly twice as long each. */
    private static final int HELD_OUT_BATCH = 26;

    private static final int UPDATE_GAP = 50;
    private static final double DENSITY = 0.25;

    private final TrainingLoop loop;
    private final int[] training;
    private final int[] heldOut;

    CharacterTrials(Scale scale, Seeds seeds) {
        loop = scale.pick(
                new TrainingLoop(12, 3, Schedule.COSINE),
                new TrainingLoop(800, 16, Schedule.COSINE),
                new TrainingLoop(800, 16, Schedule.COSINE));
        CharacterLanguage language = CharacterLanguage.draw(seeds);
        training = language.text(TRAINING_CHARACTERS, seeds.generator("training"));
        heldOut =
                language.text(scale.pick(2_000, HELD_OUT_CHARACTERS, HELD_OUT_CHARACTERS), seeds.generator("held-out"));
    }

    void run(Trial trial, TrialContext context, Rate rate) throws InterruptedException {
        Contender contender = Contender.titled(trial.method());
        CharacterTransformer model = new CharacterTransformer(context.seeds().generator("model"));
        RandomGenerator places = context.seeds().generator("batches");
        SubspaceOverlap overlap = new SubspaceOverlap(DENSITY);
        List<TrainingLoop.Batch> validation = heldOutBatches();
        try (Optimizer optimizer = contender.optimizer(
                model.projectable(),
                model.regular(),
                rate,
                UPDATE_GAP,
                context.seeds().child("choices").value())) {
            loop.run(context, optimizer, model::loss, () -> batch(places), validation, step -> {
                if (contender == Contender.ADAMW && step % UPDATE_GAP == 0) {
                    overlap.look(model.projectable());
                }
            });
        }
        context.metric("loss", TrainingLoop.evaluate(model::loss, validation));
        if (contender == Contender.ADAMW) {
            context.metric("overlapBeyondChance", overlap.beyondChance());
        }
        overlap.close();
        model.close();
        validation.forEach(batch -> {
            batch.inputs().close();
            batch.targets().close();
        });
    }

    private TrainingLoop.Batch batch(RandomGenerator places) {
        int[] starts = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            starts[i] = places.nextInt(training.length - CharacterTransformer.CONTEXT);
        }
        return windows(training, starts);
    }

    private List<TrainingLoop.Batch> heldOutBatches() {
        List<TrainingLoop.Batch> batches = new ArrayList<>();
        int windows = (heldOut.length - 1) / CharacterTransformer.CONTEXT;
        for (int first = 0; first < windows; first += HELD_OUT_BATCH) {
            int[] starts = new int[Math.min(HELD_OUT_BATCH, windows - first)];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = (first + i) * CharacterTransformer.CONTEXT;
            }
            TrainingLoop.Batch batch = windows(heldOut, starts);
            batches.add(new TrainingLoop.Batch(
                    batch.inputs().keepForever(), batch.targets().keepForever()));
        }
        return batches;
    }

    private static TrainingLoop.Batch windows(int[] text, int[] starts) {
        int length = CharacterTransformer.CONTEXT;
        long[] inputs = new long[starts.length * length];
        long[] targets = new long[inputs.length];
        for (int row = 0; row < starts.length; row++) {
            for (int i = 0; i < length; i++) {
                inputs[row * length + i] = text[starts[row] + i];
                targets[row * length + i] = text[starts[row] + i + 1];
            }
        }
        return new TrainingLoop.Batch(
                Tensor.of(inputs, starts.length, length), Tensor.of(targets, starts.length, length));
    }
}
