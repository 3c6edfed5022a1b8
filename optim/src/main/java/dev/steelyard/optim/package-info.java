/** placeholder */
package dev.steelyard.optim;
