/**
 * Tables that users have: CSV with a header, or JSON lines. Begin with {@link dev.steelyard.online.table.TableRows}; what
 * the rows mean is said by the readers of each method, such as {@code wtb.PlayLog}.
 */
package dev.steelyard.online.table;
