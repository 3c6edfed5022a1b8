package dev.steelyard.studio.arena;

/**
 * What the items were asked.
 *
 * @param id its name, which the log keeps
 * @param text shown above the outputs; may be empty
 */
public record Prompt(String id, String text) {}
