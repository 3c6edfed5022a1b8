package dev.steelyard.language.pretrain;

import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.PackedTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A tiny model on random tokens; as a program, one that a test can kill. */
final class TinyPretraining {

    static final PretrainOptions KILLED = PretrainOptions.defaults()
            .withSteps(60)
            .withBatch(2)
            .withLength(8)
            .withCheckpointEvery(20)
            .withEvaluateEvery(7);

    private static final int VOCABULARY = 17;
    private static final long SLOW_MILLISECONDS = 10;

    private TinyPretraining() {}

    /**
     * Starts or resumes the run in a folder, slowly, and waits at a step to be killed.
     *
     * @param arguments the folder and the step
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path out = Path.of(arguments[0]);
        startOrResume(KILLED, out, slowUntil(Integer.parseInt(arguments[1])));
    }

    static CausalLanguageModel startOrResume(PretrainOptions options, Path out, Progress progress)
            throws IOException, InterruptedException {
        Optional<Path> checkpoint = Pretrainer.latestCheckpoint(out);
        CausalLanguageModel model = checkpoint.isPresent() ? CausalLanguageModel.load(checkpoint.get()) : model();
        Pretrainer pretrainer = pretrainer(options, out, progress);
        if (checkpoint.isPresent()) {
            pretrainer.resume(checkpoint.get(), model, new Momentum(model, 0));
        } else {
            pretrainer.train(model, new Momentum(model, 0));
        }
        return model;
    }

    static CausalLanguageModel model() {
        return CausalLanguageModel.initialise(
                ModelConfig.of(VOCABULARY, 16, 1, 2, 16), Seeds.root(1).generator("model"));
    }

    static Pretrainer pretrainer(PretrainOptions options, Path out, Progress progress) {
        return new Pretrainer(options, tokens("training", 2000), tokens("held-out", 200), out, progress);
    }

    private static PackedTokens tokens(String name, int count) {
        RandomGenerator random = Seeds.root(2).generator(name);
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = random.nextInt(VOCABULARY);
        }
        return PackedTokens.of(tokens);
    }

    private static Progress slowUntil(int step) {
        return new Progress() {
            @Override
            public void update(double fraction, String message) {
                try {
                    TimeUnit.MILLISECONDS.sleep(
                            message.startsWith("step " + step + ",") ? Long.MAX_VALUE : SLOW_MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void say(String line) {}
        };
    }
}
