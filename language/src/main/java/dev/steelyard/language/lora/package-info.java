/**
 * Adapters of low rank on a frozen language model (Hu et al. 2021, LoRA):
 * {@link dev.steelyard.language.lora.LoraAdapter} attaches, merges, saves and loads them in the form of Hugging Face's
 * peft. Begin there.
 */
package dev.steelyard.language.lora;
