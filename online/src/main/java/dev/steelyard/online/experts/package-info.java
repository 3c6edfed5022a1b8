/**
 * Weighing experts, of which some may sleep: begin with {@link dev.steelyard.online.experts.AdaNormalHedge}, which needs
 * no horizon and no rate.
 */
package dev.steelyard.online.experts;
