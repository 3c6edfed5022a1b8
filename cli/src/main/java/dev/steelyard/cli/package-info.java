/** placeholder */
package dev.steelyard.cli;
