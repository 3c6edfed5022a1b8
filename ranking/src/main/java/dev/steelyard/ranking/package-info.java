/**
 * Votes, clicks and panels into rankings. Each paper has a package: {@code krank} rates models from K-wise votes,
 * {@code dla} learns a ranker from clicks without the bias of position, {@code fairsubset} selects a committee from the
 * rankings of a panel.
 */
package dev.steelyard.ranking;
