/** placeholder */
package dev.steelyard.torch;
