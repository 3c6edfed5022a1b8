/**
 * State that saves and restores exactly: what a learner knows, as an ordered tree of named values ({@link
 * dev.steelyard.core.state.State}), and random numbers that go on where they stopped ({@link
 * dev.steelyard.core.state.RestorableRandom}).
 */
package dev.steelyard.core.state;
