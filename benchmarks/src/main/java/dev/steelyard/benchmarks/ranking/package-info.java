/** Benchmarks of ranking. */
package dev.steelyard.benchmarks.ranking;
