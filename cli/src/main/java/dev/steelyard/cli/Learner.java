package dev.steelyard.cli;

import dev.steelyard.language.lora.LoraAdapter;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.TrainableModel;
import java.util.Optional;

/**
 * A language model and what of it is learnt: all, or an adapter. It owns both.
 *
 * @param adapter empty when the whole model is learnt
 */
record Learner(CausalLanguageModel model, Optional<LoraAdapter> adapter) implements AutoCloseable {

    static Learner of(CausalLanguageModel model) {
        return new Learner(model, Optional.empty());
    }

    TrainableModel learnt() {
        return adapter.<TrainableModel>map(lora -> lora).orElse(model);
    }

    @Override
    public void close() {
        adapter.ifPresent(LoraAdapter::close);
        model.close();
    }
}
