/** Services over the methods: decisions by HTTP ({@code decide}) and the voting arena ({@code arena}). */
package dev.steelyard.studio;
