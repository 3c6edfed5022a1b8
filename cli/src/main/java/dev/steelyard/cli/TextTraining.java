package dev.steelyard.cli;

import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.pretrain.PretrainOptions;
import dev.steelyard.language.pretrain.Pretrainer;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the commands that train a language model on text share: their options, and the way from text to model. */
final class TextTraining {

    /** Options that may differ when a run is resumed: they do not change what is computed, or only the last bits. */
    private static final Set<String> FREE =
            Set.of("--help", "--verbose", "--json", "--resume", "--out", "--threads", "--device");

    @Mixin
    private TextOptions text;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the model.")
    private Path out;

    @Mixin
    private OptimizerOptions optimizer;

    @Mixin
    private ScheduleOptions schedule;

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

    /** What is trained; asked in this order. */
    interface Subject {

        /** The tokenizer of a run that begins. */
        Tokenizer tokenizer(TextCorpus training) throws IOException;

        /**
         * The model.
         *
         * @param end the token after a text, if the tokenizer has one of a known name
         * @param length tokens of a row
         * @param checkpoint of a run that is resumed
         */
        Learner learner(Tokenizer tokenizer, OptionalInt end, int length, Optional<Path> checkpoint) throws IOException;

        /** Saves the result. */
        void save(Learner learner, Path out) throws IOException;
    }

    long seed() {
        return seed.seed();
    }

    int length() {
        return schedule.with(seed()).length();
    }

    /** Trains, or goes on. */
    void run(String name, CommandSpec spec, Subject subject) throws Exception {
        PretrainOptions options = schedule.with(seed.seed());
        text.validate();
        optimizer.validate();
        Optional<Path> checkpoint = checkpoint(spec);
        requireModelDevice();
        Torch.threads(threads.orElse(Runtime.getRuntime().availableProcessors()));
        TextCorpus.Split split = text.read();
        try (Tokenizer tokenizer =
                checkpoint.isPresent() ? ModelLoader.tokenizer(out) : fresh(subject, split.train(), spec)) {
            OptionalInt named = EndOfText.named(tokenizer);
            try (Learner learner = subject.learner(tokenizer, named, options.length(), checkpoint)) {
                ModelConfig config = learner.model().config();
                tokenizer.requireFits(config);
                int end = EndOfText.of(config, named);
                if (options.length() > config.maxPositions()) {
                    throw new IllegalArgumentException("--length " + options.length() + " is more than the model's "
                            + config.maxPositions() + " positions (max_position_embeddings)");
                }
                PackedTokens training = PackedTokens.of(split.train(), words -> tokens(tokenizer, words, end), end);
                PackedTokens heldOut = PackedTokens.of(split.heldOut(), words -> tokens(tokenizer, words, end), end);
                Pretrainer.Outcome outcome;
                try (StopOnSignal stop = StopOnSignal.watch(
                                "stopping after this step; go on with the same command and --resume");
                        ConsoleProgress progress = ConsoleProgress.of(name);
                        Optimizer chosen = optimizer.over(learner.learnt())) {
                    Pretrainer trainer = new Pretrainer(options, training, heldOut, out, progress);
                    outcome = checkpoint.isPresent()
                            ? trainer.resume(checkpoint.get(), learner.learnt(), chosen)
                            : trainer.train(learner.learnt(), chosen);
                }
                save(subject, learner);
                report(outcome);
            }
        }
    }

    private Optional<Path> checkpoint(CommandSpec spec) throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out " + out + " is a file; name a folder");
        }
        Optional<Path> checkpoint = Pretrainer.latestCheckpoint(out);
        if (resume && checkpoint.isEmpty()) {
            throw new IllegalArgumentException("nothing to resume: " + out + " holds no checkpoint");
        }
        if (!resume && (checkpoint.isPresent() || ModelLoader.isModel(out))) {
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

    private Tokenizer fresh(Subject subject, TextCorpus training, CommandSpec spec) throws IOException {
        Tokenizer tokenizer = subject.tokenizer(training);
        try {
            Files.createDirectories(out);
            tokenizer.save(out);
        } catch (IOException e) {
            tokenizer.close();
            throw new UncheckedIOException(
                    "cannot write the tokenizer into " + out + " (" + e.getMessage()
                            + "); make room, or name another --out",
                    e);
        }
        StartedWith.write(out, spec, FREE);
        return tokenizer;
    }

    private void save(Subject subject, Learner learner) {
        try {
            subject.save(learner, out);
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
                        Locale.ROOT,
                        "Held-out loss %.4f nats a token (perplexity %.2f). The model is in %s%n",
                        outcome.heldOutLoss(),
                        perplexity,
                        out));
    }

    /** With the tokens that begin a text when the model is asked to go on with one, and without its end. */
    static int[] tokens(Tokenizer tokenizer, String text, int end) {
        long[] ids = tokenizer.encodeWithSpecialTokens(text);
        int count = ids.length > 0 && ids[ids.length - 1] == end ? ids.length - 1 : ids.length;
        return LongStream.of(ids).limit(count).mapToInt(Math::toIntExact).toArray();
    }
}
