/**
 * The command line: one class a command, all under {@link dev.steelyard.cli.Main}. Commands read options, call the
 * library and print; what they do is in the modules below.
 */
package dev.steelyard.cli;
