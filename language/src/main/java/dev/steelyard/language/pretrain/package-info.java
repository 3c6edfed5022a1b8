/**
 * Training a language model from scratch, with any optimiser: {@link dev.steelyard.language.pretrain.Pretrainer} runs
 * the loop, keeps checkpoints and resumes exactly. Begin there.
 */
package dev.steelyard.language.pretrain;
