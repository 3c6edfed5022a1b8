/**
 * Weights over experts, of which some may sleep: {@link dev.steelyard.online.experts.AdaNormalHedge} needs neither horizon
 * nor step size, {@link dev.steelyard.online.experts.Hedge} has a fixed one.
 */
package dev.steelyard.online.experts;
