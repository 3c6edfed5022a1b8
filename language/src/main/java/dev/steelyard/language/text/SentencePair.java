package dev.steelyard.language.text;

/**
 * A sentence with one mistake, and the same sentence without it.
 *
 * @param rule identifier of LanguageTool's rule that finds the mistake
 * @param faulty the sentence as it should not be
 * @param corrected the sentence with the first correction that the rule offers
 */
public record SentencePair(String rule, String faulty, String corrected) {}
