/** What readers of text files have in common. */
package dev.steelyard.core.text;
