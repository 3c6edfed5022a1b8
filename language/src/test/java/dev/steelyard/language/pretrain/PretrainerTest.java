package dev.steelyard.language.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.lora.LoraAdapter;
import dev.steelyard.language.lora.LoraOptions;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainerTest {

    private static final PretrainOptions OPTIONS = PretrainOptions.defaults()
            .withSteps(12)
            .withBatch(2)
            .withLength(8)
            .withAccumulation(2)
            .withCheckpointEvery(5)
            .withEvaluateEvery(4);

    @TempDir
    Path folder;

    private Pretrainer pretrainer(PretrainOptions options, Path out, Progress progress) {
        return TinyPretraining.pretrainer(options, out, progress);
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
        CausalLanguageModel straight = TinyPretraining.model();
        pretrainer(OPTIONS, whole, Progress.SILENT).train(straight, new Momentum(straight, 0));

        Path parts = folder.resolve("parts");
        CausalLanguageModel first = TinyPretraining.model();
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

    /** Dropout draws by the batch's number, so that a resumed training drops the same. */
    @Test
    void aStoppedTrainingOfAnAdapterGoesOnExactly() throws Exception {
        LoraOptions dropping = LoraOptions.defaults().withDropout(0.2);
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        try (CausalLanguageModel base = TinyPretraining.model()) {
            float[] frozen = base.parameters()
                    .get("model.layers.0.self_attn.q_proj.weight")
                    .toFloats();
            Map<String, float[]> expected = new LinkedHashMap<>();
            try (LoraAdapter straight = LoraAdapter.attach(base, dropping, Seeds.root(4))) {
                pretrainer(OPTIONS, whole, Progress.SILENT).train(straight, new Momentum(straight, 0));
                straight.parameters().forEach((name, tensor) -> expected.put(name, tensor.toFloats()));
                assertThat(expected.values()).allMatch(values -> values[0] != 0);
            }
            try (LoraAdapter first = LoraAdapter.attach(base, dropping, Seeds.root(4))) {
                assertThatThrownBy(
                                () -> pretrainer(OPTIONS, parts, interruptAt(7)).train(first, new Momentum(first, 0)))
                        .isInstanceOf(InterruptedException.class);
            }
            Path checkpoint = Pretrainer.latestCheckpoint(parts).orElseThrow();
            try (LoraAdapter second = LoraAdapter.load(base, checkpoint, Seeds.root(4))) {
                pretrainer(OPTIONS, parts, Progress.SILENT).resume(checkpoint, second, new Momentum(second, 0));
                second.parameters()
                        .forEach((name, tensor) ->
                                assertThat(tensor.toFloats()).as(name).isEqualTo(expected.get(name)));
            }
            assertThat(base.parameters()
                            .get("model.layers.0.self_attn.q_proj.weight")
                            .toFloats())
                    .isEqualTo(frozen);
        }
        assertThat(parts.resolve("metrics.jsonl")).hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
    }

    @Test
    void aStopWhileACheckpointIsWrittenKeepsThatCheckpoint() throws Exception {
        CausalLanguageModel model = TinyPretraining.model();
        boolean[] stopped = {false};
        Momentum optimizer = new Momentum(model, 0) {
            @Override
            public StateDict state() {
                if (!stopped[0]) {
                    stopped[0] = true;
                    Thread.currentThread().interrupt();
                }
                return super.state();
            }
        };
        assertThatThrownBy(() -> pretrainer(OPTIONS, folder, Progress.SILENT).train(model, optimizer))
                .isInstanceOf(InterruptedException.class);
        assertThat(Pretrainer.latestCheckpoint(folder).orElseThrow()).hasFileName("step-000005");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        TinyPretraining.startOrResume(OPTIONS, folder, Progress.SILENT);
        assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).hasSize(OPTIONS.steps());
    }

    @Test
    void aRunIsNotBegunOverAnother() throws Exception {
        TinyPretraining.startOrResume(OPTIONS.withSteps(1), folder, Progress.SILENT);
        CausalLanguageModel model = TinyPretraining.model();
        assertThatThrownBy(() -> pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step-000001");
    }

    @Test
    void aGradientThatIsNoNumberStopsBeforeTheWeightsMove() throws Exception {
        CausalLanguageModel model = TinyPretraining.model();
        // The first backward pass adds to what is there already.
        model.parameters().get("model.norm.weight").times(Double.NaN).sum().backward();
        float[] before = model.parameters().get("model.norm.weight").toFloats();
        assertThatThrownBy(() -> pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 0)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("gradient")
                .hasMessageContaining("step 1, batch 1;");
        assertThat(model.parameters().get("model.norm.weight").toFloats()).isEqualTo(before);
    }

    @Test
    void otherOptionsAreNotResumed() throws Exception {
        CausalLanguageModel model = TinyPretraining.model();
        pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 0));
        Path checkpoint = Pretrainer.latestCheckpoint(folder).orElseThrow();
        assertThatThrownBy(() -> pretrainer(OPTIONS.withBatch(3), folder, Progress.SILENT)
                        .resume(checkpoint, model, new Momentum(model, 0)))
                .hasMessageContaining("batch=2")
                .hasMessageContaining("batch=3");
    }

    @Test
    void aLossThatIsNoNumberStopsAndKeepsTheLastGoodCheckpoint() throws IOException {
        CausalLanguageModel model = TinyPretraining.model();
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
    void aHeldOutLossThatIsNoNumberStopsToo() {
        CausalLanguageModel model = TinyPretraining.model();
        assertThatThrownBy(() -> pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 8)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("held-out loss is NaN after step 8");
        assertThat(Pretrainer.latestCheckpoint(folder).orElseThrow()).hasFileName("step-000005");
    }

    @Test
    void weightsThatAreNoNumbersAreNotKept() {
        CausalLanguageModel model = TinyPretraining.model();
        assertThatThrownBy(() -> pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 10)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("tensor model.embed_tokens.weight")
                .hasMessageContaining("step 10, batch 19;");
        assertThat(Pretrainer.latestCheckpoint(folder).orElseThrow()).hasFileName("step-000005");
    }

    /** Egypt's digits are not ASCII's, and a folder named with them would not be found again. */
    @Test
    void checkpointsAreNamedAlikeInEveryLanguage() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            TinyPretraining.startOrResume(OPTIONS.withSteps(1), folder, Progress.SILENT);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(Pretrainer.latestCheckpoint(folder).orElseThrow()).hasFileName("step-000001");
    }

    @Test
    void theLastTwoCheckpointsAreKept() throws Exception {
        CausalLanguageModel model = TinyPretraining.model();
        pretrainer(OPTIONS, folder, Progress.SILENT).train(model, new Momentum(model, 0));
        try (var inside = Files.list(folder.resolve("checkpoints"))) {
            assertThat(inside.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("step-000010", "step-000012");
        }
    }

    @Test
    void accumulatedBatchesAreALargeOne() throws Exception {
        Map<String, Tensor> large =
                trained(folder.resolve("large"), OPTIONS.withBatch(6).withAccumulation(1));
        Map<String, Tensor> parts =
                trained(folder.resolve("parts"), OPTIONS.withBatch(2).withAccumulation(3));
        large.forEach((name, tensor) ->
                assertThat(parts.get(name).toFloats()).as(name).containsExactly(tensor.toFloats(), within(1e-5f)));
    }

    private Map<String, Tensor> trained(Path out, PretrainOptions options) throws InterruptedException {
        CausalLanguageModel model = TinyPretraining.model();
        pretrainer(options, out, Progress.SILENT).train(model, new Momentum(model, 0));
        return model.parameters();
    }

    @Test
    void theScheduleRisesAndFallsToItsFactor() {
        PretrainOptions options = PretrainOptions.defaults().withSteps(100).withFinalFactor(0.2);
        assertThat(options.learningRateFactor(0)).isCloseTo(0.1, within(1e-12));
        assertThat(options.learningRateFactor(9)).isEqualTo(1);
        // Half way between the steps 10 and 100 the cosine stands in the middle between 1 and 0.2.
        assertThat(options.learningRateFactor(55)).isCloseTo(0.6, within(1e-12));
        assertThat(options.learningRateFactor(99)).isBetween(0.2, 0.201);
        assertThat(options.withSteps(1).learningRateFactor(0)).isEqualTo(1);
        assertThat(options.withWarmUp(0).learningRateFactor(0)).isEqualTo(1);
        assertThat(options.withWarmUp(1).learningRateFactor(99)).isEqualTo(1);
        assertThat(options.withFinalFactor(1).learningRateFactor(70)).isCloseTo(1, within(1e-12));
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
