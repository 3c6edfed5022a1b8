package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.text.Batches;
import dev.steelyard.language.text.Document;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The part on real English text: a small Llama trained on WordNet's glosses by each contender. */
final class WordNetTrials {

    static final String PART = "wordnet";

    private static final double HELD_OUT = 0.02;
    private static final int VOCABULARY = 1024;
    private static final int LENGTH = 64;
    private static final int BATCH = 8;
    private static final int HELD_OUT_BATCHES = 8;
    private static final int HELD_OUT_BATCH = 16;
    private static final int UPDATE_GAP = 50;

    /** Documents of which the tokenizer learns, and of which the smallest scale is made. */
    private static final int SAMPLE = 8_000;

    private final TrainingLoop loop;
    private final ModelConfig config;
    private final PackedTokens training;
    private final PackedTokens heldOut;

    WordNetTrials(Scale scale, Seeds seeds) {
        loop = scale.pick(new TrainingLoop(8, 2), new TrainingLoop(400, 10), new TrainingLoop(4_000, 20));
        TextCorpus corpus = TextCorpus.wordnet();
        List<Document> sample =
                every(corpus.documents(), Math.max(1, corpus.documents().size() / SAMPLE));
        TextCorpus used = scale.pick(new TextCorpus(sample), corpus, corpus);
        TextCorpus.Split split = used.split(HELD_OUT);
        try (Tokenizer tokenizer =
                BytePairTrainer.train(sample.stream().map(Document::text).toList(), BytePairOptions.of(VOCABULARY))) {
            int end = tokenizer.id(BytePairOptions.END_OF_TEXT).orElseThrow();
            training = PackedTokens.of(split.train(), text -> tokens(tokenizer, text), end);
            heldOut = PackedTokens.of(split.heldOut(), text -> tokens(tokenizer, text), end);
            config =
                    ModelConfig.of(tokenizer.vocabularySize(), scale.pick(32, 96, 192), scale.pick(1, 3, 4), 4, LENGTH);
        }
    }

    private static int[] tokens(Tokenizer tokenizer, String text) {
        return LongStream.of(tokenizer.encode(text)).mapToInt(Math::toIntExact).toArray();
    }

    private static List<Document> every(List<Document> documents, int stride) {
        List<Document> chosen = new ArrayList<>();
        for (int i = 0; i < documents.size(); i += stride) {
            chosen.add(documents.get(i));
        }
        return chosen;
    }

    void run(Trial trial, TrialContext context, double learningRate) throws InterruptedException {
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
                    learningRate,
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
