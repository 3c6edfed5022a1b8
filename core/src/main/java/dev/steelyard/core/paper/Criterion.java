package dev.steelyard.core.paper;

/**
 * One measurable part of a claim: a quantity that must lie on one side of a bound. It is written down before the
 * study runs; the run supplies only the interval.
 *
 * @param id name within the claim, e.g. {@code galore}
 * @param quantity what is measured, in words, with its unit: {@code loss of GaLore minus loss of FRUGAL (nats)}
 * @param relation side of the bound on which the quantity must lie
 * @param bound the margin, in the quantity's unit
 */
public record Criterion(String id, String quantity, Relation relation, double bound) {

    public Criterion {
        if (!Double.isFinite(bound)) {
            throw new IllegalArgumentException("criterion '" + id + "': bound must be finite, was " + bound);
        }
    }
}
