/**
 * Decoder-only causal language models of the Llama family, named and stored as Hugging Face does.
 * {@link dev.steelyard.language.model.CausalLanguageModel} is the model;
 * {@link dev.steelyard.language.model.ModelConfig} is its {@code config.json}. Begin with
 * {@code CausalLanguageModel.initialise} or {@code CausalLanguageModel.load}.
 */
package dev.steelyard.language.model;
