/**
 * FRUGAL: a part of the linear weights, changed every so often, is trained with state, the rest without; with its
 * relatives GaLore and BAdam, which leave the rest alone, and LoRA. Zmushko, Beznosikov, Takáč, Horváth: FRUGAL:
 * Memory-Efficient Optimization by Reducing State Overhead for Scalable Training. ICML 2025, arXiv 2411.07837. Begin
 * with {@code Frugal}; {@code FrugalStudy} puts the paper's claims to the test.
 */
package dev.steelyard.optim.frugal;
