/**
 * Causal language models and what surrounds them: {@link dev.steelyard.language.model the models},
 * {@link dev.steelyard.language.lora adapters of low rank}, {@link dev.steelyard.language.tokenizer tokenizers},
 * {@link dev.steelyard.language.text text}, {@link dev.steelyard.language.pretrain training} and
 * {@link dev.steelyard.language.generate generation}. Begin with
 * {@link dev.steelyard.language.model.CausalLanguageModel}.
 */
package dev.steelyard.language;
