package dev.steelyard.language.generate;

import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.KeyValueCache;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Continues texts with a language model. Keys and values are cached, so that each token costs one position.
 *
 * <pre>{@code
 * TextGenerator generator = new TextGenerator(model);
 * String text = generator.write("Once", tokenizer, SamplingOptions.sample(42, 100), System.out::print);
 * }</pre>
 */
public final class TextGenerator {

    private final CausalLanguageModel model;

    /** A generator on a model, which stays the caller's. */
    public TextGenerator(CausalLanguageModel model) {
        this.model = model;
    }

    /**
     * Continues a prompt.
     *
     * @param prompt token ids, at least one
     * @param listener sees each token as it is chosen; false stops
     * @throws IllegalArgumentException if the prompt is empty, fills the model's positions, or has an unknown token
     * @throws IllegalStateException if the model's logits are not finite
     */
    public Generation generate(long[] prompt, SamplingOptions options, LongPredicate listener) {
        requirePrompt(prompt);
        TokenSampler sampler = new TokenSampler(options);
        int capacity = (int) Math.min(model.config().maxPositions(), (long) prompt.length + options.maxNewTokens());
        List<Long> tokens = new ArrayList<>();
        try (Scope all = Scope.open();
                NoGrad noGrad = NoGrad.open();
                KeyValueCache cache = model.cache(1, capacity)) {
            long[] next = prompt;
            while (true) {
                int token = sampler.next(logits(next, cache));
                tokens.add((long) token);
                if (!listener.test(token)) {
                    return new Generation(tokens, Generation.Finish.STOPPED);
                }
                if (options.stopAtEnd() && model.config().endTokens().contains(token)) {
                    return new Generation(tokens, Generation.Finish.END_TOKEN);
                }
                if (tokens.size() == options.maxNewTokens()) {
                    return new Generation(tokens, Generation.Finish.LENGTH);
                }
                if (cache.length() == cache.capacity()) {
                    return new Generation(tokens, Generation.Finish.CONTEXT_FULL);
                }
                next = new long[] {token};
            }
        }
    }

    /** Continues a prompt without a listener. */
    public Generation generate(long[] prompt, SamplingOptions options) {
        return generate(prompt, options, token -> true);
    }

    /**
     * Continues a text.
     *
     * @param listener is handed the new text piece by piece, whole characters at a time
     * @return the new text as it goes on after the prompt, special tokens left out
     * @throws IllegalArgumentException as {@link #generate}
     */
    public String write(String prompt, Tokenizer tokenizer, SamplingOptions options, Consumer<String> listener) {
        tokenizer.requireFits(model.config());
        long[] ids = tokenizer.encodeWithSpecialTokens(prompt);
        TextStream stream = new TextStream(tokenizer, ids);
        StringBuilder written = new StringBuilder();
        Consumer<String> each = piece -> {
            if (!piece.isEmpty()) {
                written.append(piece);
                listener.accept(piece);
            }
        };
        generate(ids, options, token -> {
            each.accept(stream.add(token));
            return true;
        });
        each.accept(stream.rest());
        return written.toString();
    }

    private float[] logits(long[] tokens, KeyValueCache cache) {
        try (Scope scope = Scope.open()) {
            return model.nextLogits(Tensor.of(tokens, 1, tokens.length), cache).toFloats();
        }
    }

    private void requirePrompt(long[] prompt) {
        int positions = model.config().maxPositions();
        if (prompt.length == 0 || prompt.length > positions) {
            throw new IllegalArgumentException("the prompt must have 1 to " + positions
                    + " tokens (max_position_embeddings), had " + prompt.length);
        }
        int vocabulary = model.config().vocabularySize();
        Arrays.stream(prompt)
                .filter(id -> id < 0 || id >= vocabulary)
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalArgumentException(
                            "token " + id + " of the prompt is outside the model's vocabulary of " + vocabulary
                                    + ": take the tokenizer that the model was trained with");
                });
    }
}
