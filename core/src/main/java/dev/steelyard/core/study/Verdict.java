package dev.steelyard.core.study;

import dev.steelyard.core.paper.Criterion;
import java.util.Collection;

/** What the measured interval says of a claim. */
public enum Verdict {
    /** The whole interval lies on the claimed side of the bound. */
    HOLDS,
    /** The whole interval lies on the other side. */
    FAILS,
    /** The interval holds the bound, or nothing was measured. */
    UNDECIDED;

    /** Judges one criterion by its interval, never by its mean. */
    public static Verdict of(Criterion criterion, Interval interval) {
        boolean above = interval.lower() > criterion.bound();
        boolean below = interval.upper() < criterion.bound();
        return switch (criterion.relation()) {
            case ABOVE -> above ? HOLDS : interval.upper() <= criterion.bound() ? FAILS : UNDECIDED;
            case BELOW -> below ? HOLDS : interval.lower() >= criterion.bound() ? FAILS : UNDECIDED;
        };
    }

    /** A claim holds if all of its criteria hold, and fails if one fails. */
    public static Verdict all(Collection<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return UNDECIDED;
        }
        if (verdicts.contains(FAILS)) {
            return FAILS;
        }
        return verdicts.contains(UNDECIDED) ? UNDECIDED : HOLDS;
    }
}
