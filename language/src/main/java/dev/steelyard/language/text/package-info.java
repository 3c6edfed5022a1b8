/**
 * Text to learn from, and its way into batches. Begin with {@link dev.steelyard.language.text.TextCorpus}: it reads
 * documents from WordNet or from files and parts off a held-out split; {@link
 * dev.steelyard.language.text.PackedTokens} joins them into one stream of tokens, and {@link
 * dev.steelyard.language.text.Batches} deals blocks of that stream in a seeded order. {@link
 * dev.steelyard.language.text.SentencePairs} are pairs of a faulty and a corrected sentence.
 */
package dev.steelyard.language.text;
