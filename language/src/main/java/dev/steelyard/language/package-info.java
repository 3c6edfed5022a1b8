/** placeholder */
package dev.steelyard.language;
