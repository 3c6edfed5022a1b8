package dev.steelyard.core.study;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.paper.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A claim after the measurement.
 *
 * @param claim the claim as it was written down before
 * @param evidence one entry a criterion, in the claim's order
 * @param verdict what follows from all the evidence
 */
public record Judgement(Claim claim, List<Evidence> evidence, Verdict verdict) {

    /**
     * One criterion and what was measured of it.
     *
     * @param interval empty when this run did not measure it
     */
    public record Evidence(Criterion criterion, Optional<Interval> interval, Verdict verdict) {}

    public Judgement {
        evidence = List.copyOf(evidence);
    }

    /**
     * Judges a claim.
     *
     * @param measured intervals by criterion id; a criterion that is absent stays undecided
     * @throws IllegalArgumentException if an id is no criterion of the claim
     */
    public static Judgement of(Claim claim, Map<String, Interval> measured) {
        List<String> known = claim.criteria().stream().map(Criterion::id).toList();
        for (String id : measured.keySet()) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException(
                        "claim '" + claim.id() + "' has no criterion '" + id + "'; it has " + known);
            }
        }
        List<Evidence> evidence = new ArrayList<>();
        for (Criterion criterion : claim.criteria()) {
            Optional<Interval> interval = Optional.ofNullable(measured.get(criterion.id()));
            Verdict verdict = interval.map(i -> Verdict.of(criterion, i)).orElse(Verdict.UNDECIDED);
            evidence.add(new Evidence(criterion, interval, verdict));
        }
        return new Judgement(
                claim,
                evidence,
                Verdict.all(evidence.stream().map(Evidence::verdict).toList()));
    }
}
