package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.pretrain.PretrainOptions;
import dev.steelyard.language.pretrain.Pretrainer;
import dev.steelyard.language.text.Document;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.InvalidTokenizerException;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a language model on the user's text. */
@Command(
        name = "pretrain",
        description = "Train a language model on text. The result is a Hugging Face folder of the Llama family.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard pretrain --wordnet --out model",
            "  steelyard pretrain --wordnet --out model --learning-rate 3e-4 --warm-up 0.05 --weight-decay 0.1",
            "  steelyard pretrain book.txt notes.jsonl --out model --optimizer frugal --steps 5000",
            "  steelyard pretrain --wordnet --out model --resume      go on where it stopped"
        })
final class PretrainCommand implements Callable<Integer> {

    private static final double HELD_OUT = 0.02;

    /** Options that may differ when a run is resumed: they do not change what is computed, or only the last bits. */
    private static final Set<String> FREE =
            Set.of("--help", "--verbose", "--json", "--resume", "--out", "--threads", "--device");

    @Mixin
    private Common common;

    @Mixin
    private TextOptions text;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the model.")
    private Path out;

    @Mixin
    private OptimizerOptions optimizer;

    @Mixin
    private ScheduleOptions schedule;

    @Mixin
    private ShapeOptions shape;

    @Mixin
    private SeedOption seed;

    @Mixin
    private DeviceOption device;

    @Option(names = "--threads", paramLabel = "N", description = "Default: the machine's cores.")
    private Optional<Integer> threads;

    @Option(
            names = "--resume",
            description = "Go on from the newest checkpoint in --out: with the same threads and device, bit for bit"
                    + " as if the run had not stopped.")
    private boolean resume;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PretrainOptions options = schedule.with(seed.seed());
        text.validate();
        optimizer.validate();
        shape.validate(options.length());
        Optional<Path> checkpoint = checkpoint();
        requireModelDevice();
        Torch.threads(threads.orElse(Runtime.getRuntime().availableProcessors()));
        TextCorpus.Split split = text.read().split(HELD_OUT);
        try (Tokenizer tokenizer = checkpoint.isPresent() ? ModelLoader.tokenizer(out) : fresh(split.train())) {
            int end = endOfText(tokenizer);
            try (CausalLanguageModel model = checkpoint.isPresent()
                    ? ModelLoader.load(checkpoint.get())
                    : fresh(tokenizer, end, options.length())) {
                tokenizer.requireFits(model.config());
                PackedTokens training = PackedTokens.of(split.train(), words -> tokens(tokenizer, words), end);
                PackedTokens heldOut = PackedTokens.of(split.heldOut(), words -> tokens(tokenizer, words), end);
                Pretrainer.Outcome outcome = train(options, training, heldOut, model, checkpoint);
                save(model);
                report(outcome);
            }
            return 0;
        }
    }

    private Optional<Path> checkpoint() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out " + out + " is a file; name a folder");
        }
        Optional<Path> checkpoint = Pretrainer.latestCheckpoint(out);
        if (resume && checkpoint.isEmpty()) {
            throw new IllegalArgumentException("nothing to resume: " + out + " holds no checkpoint");
        }
        if (!resume && (checkpoint.isPresent() || Files.exists(out.resolve("config.json")))) {
            throw new IllegalArgumentException(out + " holds a model already; give --resume, or another --out");
        }
        if (resume) {
            StartedWith.require(out, spec, FREE);
        }
        return checkpoint;
    }

    private void requireModelDevice() {
        if (!device.name().equals("cpu")) {
            throw new IllegalArgumentException(
                    "--device " + device.name() + ": language models compute on the CPU so far; take --device cpu");
        }
    }

    private Tokenizer fresh(TextCorpus corpus) {
        Tokenizer trained = BytePairTrainer.train(
                corpus.documents().stream().map(Document::text).toList(), shape.tokenizer());
        try {
            Files.createDirectories(out);
            trained.save(out);
        } catch (IOException e) {
            trained.close();
            throw new UncheckedIOException(
                    "cannot write the tokenizer into " + out + " (" + e.getMessage()
                            + "); make room, or name another --out",
                    e);
        }
        StartedWith.write(out, spec, FREE);
        return trained;
    }

    private CausalLanguageModel fresh(Tokenizer tokenizer, int end, int length) {
        ModelConfig config = shape.model(tokenizer.vocabularySize(), length).withEndTokens(List.of(end));
        return CausalLanguageModel.initialise(config, Seeds.root(seed.seed()).generator("model"));
    }

    private int endOfText(Tokenizer tokenizer) {
        return tokenizer
                .id(BytePairOptions.END_OF_TEXT)
                .orElseThrow(() -> new InvalidTokenizerException(out.resolve(Tokenizer.FILE_NAME) + " has no token "
                        + BytePairOptions.END_OF_TEXT + ": put the run's own tokenizer back"));
    }

    private Pretrainer.Outcome train(
            PretrainOptions options,
            PackedTokens training,
            PackedTokens heldOut,
            CausalLanguageModel model,
            Optional<Path> checkpoint)
            throws InterruptedException {
        try (StopOnSignal stop =
                        StopOnSignal.watch("stopping after this step; go on with the same command and --resume");
                ConsoleProgress progress = ConsoleProgress.of("pretrain");
                Optimizer chosen = optimizer.over(model)) {
            Pretrainer trainer = new Pretrainer(options, training, heldOut, out, progress);
            return checkpoint.isPresent()
                    ? trainer.resume(checkpoint.get(), model, chosen)
                    : trainer.train(model, chosen);
        }
    }

    private void save(CausalLanguageModel model) {
        try {
            model.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the model into " + out + " (" + e.getMessage()
                            + "); the last checkpoint holds it: make room and use --resume",
                    e);
        }
    }

    private void report(Pretrainer.Outcome outcome) {
        double perplexity = Math.exp(outcome.heldOutLoss());
        output.print(
                () -> {
                    Map<String, Object> result = new LinkedHashMap<>();
                    result.put("model", out.toString());
                    result.put("steps", outcome.steps());
                    result.put("heldOutLoss", outcome.heldOutLoss());
                    result.put("heldOutPerplexity", perplexity);
                    return result;
                },
                console -> console.printf(
                        "Held-out loss %.4f nats a token (perplexity %.2f). The model is in %s%n",
                        outcome.heldOutLoss(), perplexity, out));
    }

    private static int[] tokens(Tokenizer tokenizer, String text) {
        return LongStream.of(tokenizer.encode(text)).mapToInt(Math::toIntExact).toArray();
    }
}
