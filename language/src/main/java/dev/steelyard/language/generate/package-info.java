/**
 * Text from a language model, token by token, with a key-value cache. Begin with
 * {@link dev.steelyard.language.generate.TextGenerator}.
 */
package dev.steelyard.language.generate;
