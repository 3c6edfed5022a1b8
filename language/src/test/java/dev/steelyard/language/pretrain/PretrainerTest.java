package dev.steelyard.language.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainerTest {

    private static final int VOCABULARY = 17;
    private static final PretrainOptions OPTIONS = PretrainOptions.defaults()
            .withSteps(12)
            .withBatch(2)
            .withLength(8)
            .withAccumulation(2)
            .withCheckpointEvery(5)
            .withEvaluateEvery(4);

    @TempDir
    Path folder;

    /** Momentum by tensor operations: enough state to show that a resumed run has it back. */
    private static final class Momentum implements Optimizer {
        private final Map<String, Tensor> parameters;
        private final Map<String, Tensor> buffers = new LinkedHashMap<>();
        private double factor = 1;
        private int steps;
        private final int poisonedStep;

        Momentum(CausalLanguageModel model, int poisonedStep) {
            this.parameters = model.parameters();
            this.poisonedStep = poisonedStep;
            parameters.forEach(
                    (name, tensor) -> buffers.put(name, tensor.detach().times(0).keepForever()));
        }

        @Override
        public void step() {
            steps++;
            try (NoGrad noGrad = NoGrad.open()) {
                parameters.forEach((name, tensor) -> {
                    buffers.get(name).timesInPlace(0.9).addInPlace(tensor.grad());
                    tensor.addInPlace(buffers.get(name), -0.05 * factor);
                    if (steps == poisonedStep) {
                        tensor.fillInPlace(Double.NaN);
                    }
                });
            }
        }

        @Override
        public void zeroGrad() {
            parameters.values().forEach(Tensor::clearGrad);
        }

        @Override
        public void learningRateFactor(double newFactor) {
            factor = newFactor;
        }

        @Override
        public long stateBytes() {
            return 0;
        }

        @Override
        public StateDict state() {
            Map<String, Tensor> copies = new LinkedHashMap<>();
            buffers.forEach((name, buffer) -> copies.put(name, buffer.copy()));
            return new StateDict(copies, Map.of("steps", Integer.toString(steps)));
        }

        @Override
        public void load(StateDict state) {
            steps = (int) state.count("steps");
            buffers.forEach((name, buffer) -> buffer.copyInPlace(state.tensor(name, buffer.shape())));
        }

        @Override
        public void close() {}
    }

    private static CausalLanguageModel model() {
        return CausalLanguageModel.initialise(
                ModelConfig.of(VOCABULARY, 16, 1, 2, 16), Seeds.root(1).generator("model"));
    }

    private static PackedTokens tokens(String name, int count) {
        RandomGenerator random = Seeds.root(2).generator(name);
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = random.nextInt(VOCABULARY);
        }
        return PackedTokens.of(tokens);
    }

    private Pretrainer pretrainer(PretrainOptions options, Path out, Progress progress) {
        return new Pretrainer(options, tokens("training", 2000), tokens("held-out", 200), out, progress);
    }

    private static Progress interruptAt(int step) {
        return new Progress() {
            @Override
            public void update(double fraction, String message) {
                if (message.startsWith("step " + step + ",")) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void say(String line) {}
        };
    }

    @Test
    void aStoppedRunGoesOnExactly() throws Exception {
        Path whole = folder.resolve("whole");
        CausalLanguageModel straight = model();
        pretrainer(OPTIONS, whole, Progress.SILENT).train(straight, new Momentum(straight, 0));

        Path parts = folder.resolve("parts");
        CausalLanguageModel first = model();
        assertThatThrownBy(() -> pretrainer(OPTIONS, parts, interruptAt(7)).train(first, new Momentum(first, 0)))
                .isInstanceOf(InterruptedException.class);
        Path checkpoint = Pretrainer.latestCheckpoint(parts).orElseThrow();
        assertThat(checkpoint.getFileName()).hasToString("step-000007");
        CausalLanguageModel second = CausalLanguageModel.load(checkpoint);
        pretrainer(OPTIONS, parts, Progress.SILENT).resume(checkpoint, second, new Momentum(second, 0));

        assertThat(Files.readString(parts.resolve("metrics.jsonl")))
                .isEqualTo(Files.readString(whole.resolve("metrics.jsonl")));
        straight.parameters()
                .forEach((name, tensor) ->
                        assertThat(second.parameters().get(name).toFloats()).isEqualTo(tensor.toFloats()));
    }

    @Test
    void otherOptionsAreNotResumed() throws Exception {
        CausalLanguageModel model = model();
        pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 0));
        Path checkpoint = Pretrainer.latestCheckpoint(folder).orElseThrow();
        assertThatThrownBy(() -> pretrainer(OPTIONS.withBatch(3), folder, Progress.SILENT)
                        .resume(checkpoint, model, new Momentum(model, 0)))
                .hasMessageContaining("batch=2")
                .hasMessageContaining("batch=3");
    }

    @Test
    void aLossThatIsNoNumberStopsAndKeepsTheLastGoodCheckpoint() throws IOException {
        CausalLanguageModel model = model();
        assertThatThrownBy(() -> pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 7)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("step 8")
                .hasMessageContaining("batch");
        Path checkpoint = Pretrainer.latestCheckpoint(folder).orElseThrow();
        assertThat(checkpoint.getFileName()).hasToString("step-000005");
        CausalLanguageModel.load(checkpoint).parameters().values().forEach(tensor -> assertThat(tensor.isFinite())
                .isTrue());
    }

    @Test
    void theLastTwoCheckpointsAreKept() throws Exception {
        CausalLanguageModel model = model();
        pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 0));
        try (var inside = Files.list(folder.resolve("checkpoints"))) {
            assertThat(inside.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("step-000010", "step-000012");
        }
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> OPTIONS.withSteps(0))
                .hasMessageContaining("steps")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> OPTIONS.withWarmUp(2)).hasMessageContaining("warmUp");
        assertThatThrownBy(() -> OPTIONS.withClip(-1)).hasMessageContaining("clip");
    }
}
