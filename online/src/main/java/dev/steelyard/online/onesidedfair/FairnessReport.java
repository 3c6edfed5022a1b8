package dev.steelyard.online.onesidedfair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors and violations over rounds, for any share gamma of the panel after the fact: of each round the largest number of
 * auditors who object to one pair is kept, which is all that gamma needs.
 */
public final class FairnessReport {

    private final int auditors;
    private final List<Integer> objectors = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    /** @param auditors size of the panel */
    public FairnessReport(int auditors) {
        Panel.quorum(auditors, 1);
        this.auditors = auditors;
    }

    /**
     * A point of the frontier.
     *
     * @param error mean error
     * @param violationRate share of rounds with a violation at this gamma
     */
    public record Point(double gamma, double error, double violationRate) {}

    /**
     * Adds a round.
     *
     * @param objections of all auditors, as {@link Panel#objections} gives them
     * @param error expected errors per instance
     */
    public void add(List<Objection> objections, double error) {
        Map<OrderedPair, Integer> counts = new HashMap<>();
        for (Objection objection : objections) {
            if (objection.auditor() >= auditors) {
                throw new IllegalArgumentException("there is no auditor " + objection.auditor() + "; the panel has "
                        + auditors + ", counted from 0");
            }
            counts.merge(objection.pair(), 1, Integer::sum);
        }
        objectors.add(counts.values().stream().mapToInt(count -> count).max().orElse(0));
        errors.add(error);
    }

    public int rounds() {
        return objectors.size();
    }

    /** The mean error per instance. */
    public double error() {
        return errors.stream().mapToDouble(error -> error).average().orElse(0);
    }

    /** The share of all rounds with a violation. */
    public double violationRate(double gamma) {
        return violationRate(gamma, rounds());
    }

    /** The share of the last rounds with a violation. */
    public double violationRate(double gamma, int lastRounds) {
        int quorum = Panel.quorum(auditors, gamma);
        List<Integer> window = objectors.subList(Math.max(0, rounds() - lastRounds), rounds());
        return window.isEmpty()
                ? 0
                : window.stream().filter(count -> count >= quorum).count() / (double) window.size();
    }

    /** Error and violations at several shares; the errors are equal, since the same policy was played. */
    public List<Point> frontier(double... gammas) {
        List<Point> points = new ArrayList<>();
        for (double gamma : gammas) {
            points.add(new Point(gamma, error(), violationRate(gamma)));
        }
        return points;
    }
}
