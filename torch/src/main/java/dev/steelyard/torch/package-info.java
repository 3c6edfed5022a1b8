/**
 * The one place that knows libtorch. {@link dev.steelyard.torch.Torch} loads it, counts its threads and finds devices;
 * a {@link dev.steelyard.torch.Tensor} lives until the {@link dev.steelyard.torch.Scope} closes that it was made in;
 * {@link dev.steelyard.torch.Functions} are statics, so that a method reads like its formula. The protocol of
 * optimisers, {@link dev.steelyard.torch.Optimizer}, stands here because every floor above trains something. Begin
 * with {@code Scope} and {@code Tensor}.
 */
package dev.steelyard.torch;
