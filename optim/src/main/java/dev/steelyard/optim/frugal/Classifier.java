package dev.steelyard.optim.frugal;

import static dev.steelyard.torch.Functions.crossEntropy;
import static dev.steelyard.torch.Functions.linear;
import static dev.steelyard.torch.Functions.normal;

import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/** A language model with a head of classes on its stream at the end of the text; it owns both. */
final class Classifier implements AutoCloseable {

    private final CausalLanguageModel model;
    private final Tensor head;

    Classifier(CausalLanguageModel model, int classes, RandomGenerator random) {
        this.model = model;
        head = normal(
                        random,
                        0,
                        CausalLanguageModel.INITIAL_STANDARD_DEVIATION,
                        classes,
                        model.config().hiddenSize())
                .keepForever()
                .requiresGrad();
    }

    CausalLanguageModel model() {
        return model;
    }

    /** (classes, hidden). */
    Tensor head() {
        return head;
    }

    /**
     * Mean cross-entropy in nats.
     *
     * @param inputs INT64 (batch, length)
     * @param targets INT64 (batch, 2): the class, and the position that decides
     */
    Tensor loss(Tensor inputs, Tensor targets) {
        return crossEntropy(logits(inputs, targets), targets.select(1, 0));
    }

    private Tensor logits(Tensor inputs, Tensor targets) {
        Tensor hidden = model.hiddenStates(inputs);
        Tensor places = targets.select(1, 1).reshape(-1, 1, 1).expand(inputs.size(0), 1, hidden.size(2));
        return linear(hidden.gather(1, places).squeeze(1), head);
    }

    /**
     * How well it does.
     *
     * @param loss mean cross-entropy in nats
     * @param error share of the texts, in percent, whose class is not the likeliest
     */
    record Score(double loss, double error) {}

    /** Both over the texts of all batches, in one pass. */
    Score score(List<TrainingLoop.Batch> batches) {
        double loss = 0;
        long wrong = 0;
        long count = 0;
        try (NoGrad noGrad = NoGrad.open()) {
            for (TrainingLoop.Batch batch : batches) {
                try (Scope scope = Scope.open()) {
                    Tensor logits = logits(batch.inputs(), batch.targets());
                    Tensor labels = batch.targets().select(1, 0).contiguous();
                    long[] chosen = logits.argmax().toLongs();
                    long[] classes = labels.toLongs();
                    for (int i = 0; i < classes.length; i++) {
                        wrong += chosen[i] == classes[i] ? 0 : 1;
                    }
                    loss += crossEntropy(logits, labels).item() * classes.length;
                    count += classes.length;
                }
            }
        }
        return new Score(loss / count, 100.0 * wrong / count);
    }

    @Override
    public void close() {
        head.close();
        model.close();
    }
}
