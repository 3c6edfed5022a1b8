package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Scale;
import dev.steelyard.language.text.Document;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The task of fine-tuning: whether WordNet's gloss defines a noun, a verb, an adjective or an adverb. As many examples
 * of each; training, validation and test share no text.
 */
final class WordClasses {

    private static final List<String> FILES = List.of("data.noun", "data.verb", "data.adj", "data.adv");

    /** Tokens of a gloss that are read, the end's among them; the definition comes first, examples after it. */
    private static final int LENGTH = 24;

    private static final int EVALUATION_BATCH = 25;

    /** A gloss and its class. */
    private record Example(int[] tokens, int label) {}

    /** Which held-out glosses judge. */
    enum Side {
        /** For the choice of rates. */
        VALIDATION,
        /** For the verdict. */
        TEST
    }

    private final int end;
    private final int trainingPerClass;
    private final List<List<Example>> training = new ArrayList<>();
    private final List<Example> validation = new ArrayList<>();
    private final List<Example> test = new ArrayList<>();

    /** Of a split of which pre-training reads the same side. */
    WordClasses(Scale scale, Glosses glosses, TextCorpus.Split split) {
        end = glosses.end();
        trainingPerClass = scale.pick(16, 500, 2_000);
        int validationPerClass = scale.pick(10, 250, 250);
        int testPerClass = scale.pick(10, 450, 450);
        for (int label = 0; label < FILES.size(); label++) {
            training.add(examples(glosses, split.train(), label, Integer.MAX_VALUE));
            List<Example> held = examples(glosses, split.heldOut(), label, validationPerClass + testPerClass);
            if (held.size() < validationPerClass + testPerClass) {
                throw new IllegalStateException(FILES.get(label) + " has only " + held.size() + " glosses held out");
            }
            validation.addAll(held.subList(0, validationPerClass));
            test.addAll(held.subList(validationPerClass, held.size()));
        }
    }

    private List<Example> examples(Glosses glosses, TextCorpus corpus, int label, int most) {
        List<Document> documents = corpus.documents().stream()
                .filter(document -> document.name().startsWith(FILES.get(label) + ":"))
                .toList();
        // Neighbours in WordNet's files are of one kind: take those that are held out from all over.
        int stride = Math.max(1, documents.size() / most);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < documents.size() && examples.size() < most; i += stride) {
            int[] tokens = glosses.tokens(documents.get(i).text());
            int kept = Math.min(tokens.length, LENGTH - 1);
            int[] ended = Arrays.copyOf(tokens, kept + 1);
            ended[kept] = end;
            examples.add(new Example(ended, label));
        }
        return examples;
    }

    static int classes() {
        return FILES.size();
    }

    /** Draws a training set, and deals it without end, shuffled anew each time it is through. */
    java.util.function.Supplier<TrainingLoop.Batch> training(int batch, RandomGenerator random) {
        List<Example> drawn = new ArrayList<>();
        for (List<Example> ofClass : training) {
            for (int i = 0; i < trainingPerClass; i++) {
                drawn.add(ofClass.get(random.nextInt(ofClass.size())));
            }
        }
        List<Example> left = new ArrayList<>();
        return () -> {
            List<Example> dealt = new ArrayList<>();
            while (dealt.size() < batch) {
                if (left.isEmpty()) {
                    left.addAll(drawn);
                    Collections.shuffle(left, java.util.Random.from(random));
                }
                dealt.add(left.removeLast());
            }
            return batch(dealt);
        };
    }

    /** All held-out glosses of a side, in batches outside all scopes. */
    List<TrainingLoop.Batch> heldOut(Side side) {
        List<Example> examples = side == Side.TEST ? test : validation;
        List<TrainingLoop.Batch> batches = new ArrayList<>();
        for (int i = 0; i < examples.size(); i += EVALUATION_BATCH) {
            TrainingLoop.Batch batch = batch(examples.subList(i, Math.min(examples.size(), i + EVALUATION_BATCH)));
            batches.add(new TrainingLoop.Batch(
                    batch.inputs().keepForever(), batch.targets().keepForever()));
        }
        return batches;
    }

    /** Inputs (batch, longest), ended and filled up; targets (batch, 2): the class, and the place of the end. */
    private TrainingLoop.Batch batch(List<Example> examples) {
        int longest = examples.stream()
                .mapToInt(example -> example.tokens().length)
                .max()
                .orElseThrow();
        long[] inputs = new long[examples.size() * longest];
        Arrays.fill(inputs, end);
        long[] targets = new long[examples.size() * 2];
        for (int row = 0; row < examples.size(); row++) {
            int[] tokens = examples.get(row).tokens();
            for (int i = 0; i < tokens.length; i++) {
                inputs[row * longest + i] = tokens[i];
            }
            targets[2 * row] = examples.get(row).label();
            targets[2 * row + 1] = tokens.length - 1L;
        }
        return new TrainingLoop.Batch(
                Tensor.of(inputs, examples.size(), longest), Tensor.of(targets, examples.size(), 2));
    }
}
