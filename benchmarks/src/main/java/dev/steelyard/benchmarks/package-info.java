/** placeholder */
package dev.steelyard.benchmarks;
