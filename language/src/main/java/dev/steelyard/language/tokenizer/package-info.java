/**
 * Text to token ids and back. {@link dev.steelyard.language.tokenizer.Tokenizer} reads any {@code tokenizer.json};
 * {@link dev.steelyard.language.tokenizer.BytePairTrainer} learns one from the text at hand. Begin with
 * {@code Tokenizer}.
 */
package dev.steelyard.language.tokenizer;
