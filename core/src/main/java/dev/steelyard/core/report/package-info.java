/**
 * Findings as a person reads them: one {@code Report}, written as a self-contained HTML page, as Markdown and as JSON.
 */
package dev.steelyard.core.report;
