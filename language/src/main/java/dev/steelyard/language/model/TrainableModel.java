package dev.steelyard.language.model;

import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a training loop learns: the whole of a language model, or an adapter on one that is frozen. */
public interface TrainableModel {

    /** The tensors that are learnt, by name, in a fixed order. */
    Map<String, Tensor> parameters();

    /** Names of the parameters that low-rank and blockwise methods project. */
    List<String> projectable();

    /**
     * Mean negative log-likelihood of the targets.
     *
     * @param inputs INT64 (batch, length)
     * @param targets INT64 (batch, length): the token after each input
     * @return a scalar, in nats a token
     */
    Tensor loss(Tensor inputs, Tensor targets);

    /**
     * Says that what is computed next belongs to a training batch: a model that draws random numbers in training draws
     * them for this number, so that a resumed training draws the same.
     */
    default void beginBatch(long number) {}

    /** Says that what is computed next is no training: nothing is drawn. It is so at first. */
    default void beginEvaluation() {}

    /**
     * Saves what is learnt, in the field's form.
     *
     * @throws IOException if a file cannot be written
     */
    void save(Path folder) throws IOException;
}
