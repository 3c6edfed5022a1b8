package dev.steelyard.online.onesidedfair;

/**
 * An auditor's objection.
 *
 * @param auditor number, from 0
 */
public record Objection(OrderedPair pair, int auditor) {

    public Objection {
        if (auditor < 0) {
            throw new IllegalArgumentException("an auditor is named by number from 0, not " + auditor);
        }
    }
}
