/**
 * AdamP and SGDP: Adam and SGD with momentum that take the part along the weight out of the update where the weight is
 * scale-invariant, as before a normalisation layer, so that its norm does not grow and its effective step does not
 * fall too early. Begin with {@link dev.steelyard.optim.adamp.AdamP}; the rule itself is
 * {@link dev.steelyard.optim.adamp.Projection}, and {@link dev.steelyard.optim.adamp.AdamPStudy} tests the claims.
 *
 * <p>Heo, Chun, Oh, Han, Yun, Kim, Uh, Ha: AdamP: Slowing Down the Slowdown for Momentum Optimizers on Scale-invariant
 * Weights. ICLR 2021, arXiv 2006.08217.
 */
package dev.steelyard.optim.adamp;
