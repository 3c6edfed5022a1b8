package dev.steelyard.online.linearmdp;

/**
 * Where an episode stands.
 *
 * @param layer from 0
 * @param state number within its layer, from 0
 */
public record MdpState(int layer, int state) {}
