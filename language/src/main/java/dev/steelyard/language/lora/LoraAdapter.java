package dev.steelyard.language.lora;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.language.model.TrainableModel;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An adapter of low rank on a language model, whose own weights it freezes:
 *
 * <pre>
 * y = x W^T + (alpha / rank) dropout(x) A^T B^T      A (rank, in) random, B (out, rank) zero at first
 * </pre>
 *
 * <pre>{@code
 * try (LoraAdapter adapter = LoraAdapter.attach(model, LoraOptions.defaults(), seeds);
 *         Optimizer optimizer = new AdamW(adapter.parameters(), options)) {
 *     adapter.loss(inputs, targets).backward();
 *     optimizer.step();
 *     adapter.save(folder);
 * }
 * }</pre>
 *
 * <p>A and B are float32, whatever the base's type is; they bear peft's names. One thread at a time.
 *
 * <p>Hu et al. 2021, LoRA: Low-Rank Adaptation of Large Language Models, arXiv 2106.09685.
 */
public final class LoraAdapter implements TrainableModel, AutoCloseable {

    private static final String WEIGHT = ".weight";

    private final CausalLanguageModel model;
    private final LoraOptions options;
    private final Map<String, LowRankTerm> terms;
    private final List<Tensor> frozen = new ArrayList<>();
    private boolean merged;
    private boolean closed;

    private LoraAdapter(CausalLanguageModel model, LoraOptions options, Map<String, LowRankTerm> terms) {
        this.model = model;
        this.options = options;
        this.terms = terms;
        adapt();
        for (Tensor weight : model.parameters().values()) {
            if (weight.isDifferentiable()) {
                frozen.add(weight.requiresGrad(false));
            }
        }
    }

    /**
     * Attaches a fresh adapter; the adapted model is still the base.
     *
     * @param seeds of A and of what is dropped
     * @throws IllegalArgumentException if a target names no linear layer of the blocks
     * @throws IllegalStateException if one of these layers is adapted already
     */
    public static LoraAdapter attach(CausalLanguageModel model, LoraOptions options, Seeds seeds) {
        Map<String, Tensor> weights = model.parameters();
        Map<String, LowRankTerm> terms = new LinkedHashMap<>();
        for (String name : targets(model, options)) {
            long[] shape = weights.get(name).shape();
            terms.put(name, LowRankTerm.fresh(options, shape[1], shape[0], seeds.child(name)));
        }
        return new LoraAdapter(model, options, terms);
    }

    /**
     * Loads an adapter in peft's form, {@code adapter_config.json} and {@code adapter_model.safetensors}, and attaches it.
     *
     * @param seeds of what is dropped, if it is trained on
     * @throws InvalidModelException if the configuration asks for what is not built, or a tensor is missing, unknown or
     *     of another shape; the message names file, key or tensor, and the remedy
     * @throws SafetensorsException if the weights' file breaks its format
     * @throws IOException if a file cannot be read
     */
    public static LoraAdapter load(CausalLanguageModel model, Path folder, Seeds seeds) throws IOException {
        LoraOptions options = AdapterConfig.read(folder);
        List<String> targets;
        try {
            targets = targets(model, options);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    folder.resolve(AdapterConfig.FILE) + ": " + e.getMessage() + ": give the adapter of this model", e);
        }
        return new LoraAdapter(model, options, AdapterWeights.read(folder, model, options, targets, seeds));
    }

    /**
     * What the {@code adapter_config.json} of a folder says; the weights are not looked at.
     *
     * @throws InvalidModelException as {@link #load}
     * @throws IOException if the file cannot be read
     */
    public static LoraOptions options(Path folder) throws IOException {
        return AdapterConfig.read(folder);
    }

    /** The weights that the targets name, in the model's order. */
    private static List<String> targets(CausalLanguageModel model, LoraOptions options) {
        List<String> names = model.projectable();
        for (String target : options.targets()) {
            if (names.stream().noneMatch(name -> isNamed(name, target))) {
                throw new IllegalArgumentException("target '" + target + "' names no linear layer of the blocks, which "
                        + "are " + LoraOptions.ALL_LINEAR);
            }
        }
        return names.stream()
                .filter(name -> options.targets().stream().anyMatch(target -> isNamed(name, target)))
                .toList();
    }

    private static boolean isNamed(String weight, String target) {
        String module = weight.substring(0, weight.length() - WEIGHT.length());
        return module.equals(target) || module.endsWith("." + target);
    }

    private void adapt() {
        List<String> adapted = new ArrayList<>();
        try {
            terms.forEach((name, term) -> {
                model.adapt(name, term);
                adapted.add(name);
            });
        } catch (IllegalStateException e) {
            adapted.forEach(model::release);
            terms.values().forEach(LowRankTerm::close);
            throw e;
        }
    }

    /** The model with the adapter in it. */
    public CausalLanguageModel model() {
        return model;
    }

    public LoraOptions options() {
        return options;
    }

    /** A and B of every adapted layer, under peft's names. */
    @Override
    public Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        terms.forEach((name, term) -> {
            parameters.put(AdapterWeights.nameOfA(name), term.a());
            parameters.put(AdapterWeights.nameOfB(name), term.b());
        });
        return parameters;
    }

    /** All of them: each is a matrix. */
    @Override
    public List<String> projectable() {
        return List.copyOf(parameters().keySet());
    }

    /**
     * The adapted model's loss; see {@link TrainableModel#loss}.
     *
     * @throws IllegalStateException if the adapter is merged, and nothing could be learnt
     */
    @Override
    public Tensor loss(Tensor inputs, Tensor targets) {
        if (merged) {
            throw new IllegalStateException("the adapter is merged into the weights: unmerge it to train it");
        }
        return model.loss(inputs, targets);
    }

    @Override
    public void beginBatch(long number) {
        terms.values().forEach(term -> term.beginBatch(number));
    }

    @Override
    public void beginEvaluation() {
        terms.values().forEach(LowRankTerm::beginEvaluation);
    }

    /**
     * Adds the adapter to the base's weights, which then compute at no more cost than without it. Closing the adapter
     * leaves them so. A second call does nothing.
     */
    public void merge() {
        if (merged) {
            return;
        }
        Map<String, Tensor> weights = model.parameters();
        terms.forEach((name, term) -> {
            term.addTo(weights.get(name), 1);
            model.release(name);
        });
        merged = true;
    }

    /** Takes the adapter out of the weights again, up to the rounding of their type. */
    public void unmerge() {
        if (!merged) {
            return;
        }
        Map<String, Tensor> weights = model.parameters();
        terms.forEach((name, term) -> {
            term.addTo(weights.get(name), -1);
            model.adapt(name, term);
        });
        merged = false;
    }

    /** Whether the weights hold the adapter. */
    public boolean isMerged() {
        return merged;
    }

    /**
     * Saves {@code adapter_config.json} and {@code adapter_model.safetensors}, which peft reads too. The base is not
     * saved.
     */
    @Override
    public void save(Path folder) throws IOException {
        AdapterWeights.write(folder, parameters());
        AdapterConfig.write(folder, options);
    }

    /** Takes the adapter from the model, unless it is merged, frees it, and lets the model's weights be learnt again. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!merged) {
            terms.keySet().forEach(model::release);
        }
        frozen.forEach(Tensor::requiresGrad);
        terms.values().forEach(LowRankTerm::close);
    }
}
