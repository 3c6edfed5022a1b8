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
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a language model on the user's text. */
@Command(
        name = "pretrain",
        description = "Train a language model on text. The result is a Hugging Face folder of the Llama family.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard pretrain --wordnet --out model",
            "  steelyard pretrain book.txt notes.jsonl --out model --optimizer frugal --steps 5000",
            "  steelyard pretrain --wordnet --out model --resume      go on where it stopped"
        })
final class PretrainCommand implements Callable<Integer> {

    private static final double HELD_OUT = 0.02;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Plain text, or JSON lines with a field 'text'.")
    private List<Path> files = List.of();

    @Option(names = "--wordnet", description = "Train on WordNet's glosses, which come with Steelyard.")
    private boolean wordnet;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the model.")
    private Path out;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adamw",
            description = "${COMPLETION-CANDIDATES} (default: adamw).")
    private OptimizerChoice optimizer;

    @Option(names = "--learning-rate", paramLabel = "R", description = "Peak; default: the optimiser's.")
    private Optional<Double> learningRate;

    @Option(names = "--weight-decay", paramLabel = "D", defaultValue = "0", description = "Default: 0.")
    private double weightDecay;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "1000", description = "Default: 1000.")
    private int steps;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "16", description = "Rows a batch (default: 16).")
    private int batch;

    @Option(names = "--length", paramLabel = "N", defaultValue = "128", description = "Tokens a row (default: 128).")
    private int length;

    @Option(
            names = "--accumulation",
            paramLabel = "N",
            defaultValue = "1",
            description = "Batches a step (default: 1).")
    private int accumulation;

    @Option(names = "--clip", paramLabel = "C", defaultValue = "1", description = "Gradient norm at most; 0: any.")
    private double clip;

    @Option(names = "--checkpoint-every", paramLabel = "N", defaultValue = "200", description = "Steps (default: 200).")
    private int checkpointEvery;

    @Option(names = "--evaluate-every", paramLabel = "N", defaultValue = "100", description = "Steps (default: 100).")
    private int evaluateEvery;

    @Option(names = "--vocabulary", paramLabel = "N", defaultValue = "4096", description = "Tokens (default: 4096).")
    private int vocabulary;

    @Option(names = "--width", paramLabel = "N", defaultValue = "256", description = "Hidden size (default: 256).")
    private int width;

    @Option(names = "--layers", paramLabel = "N", defaultValue = "4", description = "Default: 4.")
    private int layers;

    @Option(names = "--heads", paramLabel = "N", defaultValue = "4", description = "Default: 4.")
    private int heads;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Root of all random numbers.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Default: the machine's cores.")
    private Optional<Integer> threads;

    @Option(names = "--resume", description = "Go on from the newest checkpoint in --out.")
    private boolean resume;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PretrainOptions options = new PretrainOptions(
                steps, batch, length, accumulation, 0.1, 0.1, clip, evaluateEvery, checkpointEvery, seed);
        if (files.isEmpty() != wordnet) {
            throw new IllegalArgumentException("give text files or --wordnet, one of the two");
        }
        Optional<Path> checkpoint = Pretrainer.latestCheckpoint(out);
        if (resume && checkpoint.isEmpty()) {
            throw new IllegalArgumentException("nothing to resume: " + out + " holds no checkpoint");
        }
        if (!resume && (checkpoint.isPresent() || Files.exists(out.resolve("config.json")))) {
            throw new IllegalArgumentException(out + " holds a model already; give --resume, or another --out");
        }
        Torch.threads(threads.orElse(Runtime.getRuntime().availableProcessors()));
        TextCorpus.Split split = (wordnet ? TextCorpus.wordnet() : TextCorpus.files(files)).split(HELD_OUT);
        try (Tokenizer tokenizer = tokenizer(split.train())) {
            int end = tokenizer.id(BytePairOptions.END_OF_TEXT).orElseThrow();
            PackedTokens training = PackedTokens.of(split.train(), text -> tokens(tokenizer, text), end);
            PackedTokens heldOut = PackedTokens.of(split.heldOut(), text -> tokens(tokenizer, text), end);
            try (CausalLanguageModel model =
                    resume ? CausalLanguageModel.load(checkpoint.get()) : fresh(tokenizer, end)) {
                tokenizer.requireFits(model.config());
                Pretrainer.Outcome outcome = train(options, training, heldOut, model, checkpoint);
                model.save(out);
                report(outcome);
            }
            return 0;
        }
    }

    private Tokenizer tokenizer(TextCorpus text) throws IOException {
        if (resume) {
            return Tokenizer.load(out);
        }
        Tokenizer trained = BytePairTrainer.train(
                text.documents().stream().map(Document::text).toList(), BytePairOptions.of(vocabulary));
        Files.createDirectories(out);
        trained.save(out);
        return trained;
    }

    private CausalLanguageModel fresh(Tokenizer tokenizer, int end) {
        ModelConfig config = ModelConfig.of(tokenizer.vocabularySize(), width, layers, heads, Math.max(length, 512))
                .withEndTokens(List.of(end));
        return CausalLanguageModel.initialise(config, Seeds.root(seed).generator("model"));
    }

    private Pretrainer.Outcome train(
            PretrainOptions options,
            PackedTokens training,
            PackedTokens heldOut,
            CausalLanguageModel model,
            Optional<Path> checkpoint)
            throws InterruptedException {
        Map<String, Tensor> regular = new LinkedHashMap<>(model.parameters());
        Map<String, Tensor> projectable = new LinkedHashMap<>();
        model.projectable().forEach(name -> projectable.put(name, regular.remove(name)));
        double rate = learningRate.orElse(optimizer.learningRate());
        try (StopOnSignal stop =
                        StopOnSignal.watch("stopping after this step; go on with the same command and --resume");
                ConsoleProgress progress = ConsoleProgress.of("pretrain");
                Optimizer chosen = optimizer.over(projectable, regular, rate, weightDecay)) {
            Pretrainer trainer = new Pretrainer(options, training, heldOut, out, progress);
            return resume ? trainer.resume(checkpoint.orElseThrow(), model, chosen) : trainer.train(model, chosen);
        }
    }

    private void report(Pretrainer.Outcome outcome) {
        var console = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("model", out.toString());
            result.put("steps", outcome.steps());
            result.put("heldOutLoss", outcome.heldOutLoss());
            result.put("heldOutPerplexity", Math.exp(outcome.heldOutLoss()));
            console.println(Json.of(result));
        } else {
            console.printf(
                    "Held-out loss %.4f nats a token (perplexity %.2f). The model is in %s%n",
                    outcome.heldOutLoss(), Math.exp(outcome.heldOutLoss()), out);
        }
        console.flush();
    }

    private static int[] tokens(Tokenizer tokenizer, String text) {
        return LongStream.of(tokenizer.encode(text)).mapToInt(Math::toIntExact).toArray();
    }
}
