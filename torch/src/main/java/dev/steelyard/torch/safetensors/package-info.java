/**
 * The safetensors format: {@link dev.steelyard.torch.safetensors.SafetensorsFolder} reads a model's folder, of one file
 * or of shards, and {@link dev.steelyard.torch.safetensors.SafetensorsFolderWriter} writes one;
 * {@link dev.steelyard.torch.safetensors.SafetensorsFile} reads one file and
 * {@link dev.steelyard.torch.safetensors.SafetensorsWriter} writes one, byte for byte as the reference writer does; and
 * {@link dev.steelyard.torch.safetensors.StateFiles} keeps the state of optimisers in it.
 */
package dev.steelyard.torch.safetensors;
