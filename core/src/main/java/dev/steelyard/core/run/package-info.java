/**
 * A run on disk: the {@code RunFolder} with what was asked, the journal of finished trials, and the report; where it
 * came from stands in its {@code Provenance}. Begin with {@code RunFolder}.
 */
package dev.steelyard.core.run;
