package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/**
 * A point whose coordinates are brought up to date when a step meets them: what an l1 term took from one since then is the
 * sum of its thresholds, as soft thresholds and clips of the same side follow one another like one.
 */
final class BoxIterate implements SparseIterate {

    private final Box box;
    private final double weight;
    private final double[] entries;

    /** The sum of thresholds when a coordinate was last brought up to date; empty without an l1 term. */
    private final double[] upTo;

    private double thresholds;

    BoxIterate(Box box, double[] start, double weight) {
        this.box = box;
        this.weight = weight;
        this.entries = start.clone();
        this.upTo = new double[weight == 0 ? 0 : start.length];
    }

    private double current(int i) {
        return weight == 0 ? entries[i] : clipped(i, entries[i], thresholds - upTo[i]);
    }

    private double clipped(int i, double entry, double threshold) {
        double soft = Math.copySign(Math.max(0, Math.abs(entry) - threshold), entry);
        return Math.clamp(soft, box.lower(i), box.upper(i));
    }

    @Override
    public double dotAfter(SparseVector direction, double step, SparseVector other) {
        double sum = 0;
        int k = 0;
        for (int j = 0; j < other.size(); j++) {
            int i = other.index(j);
            while (k < direction.size() && direction.index(k) < i) {
                k++;
            }
            double slope = k < direction.size() && direction.index(k) == i ? direction.value(k) : 0;
            sum += other.value(j) * clipped(i, current(i) - step * slope, step * weight);
        }
        return sum;
    }

    @Override
    public void step(SparseVector direction, double step) {
        double next = thresholds + step * weight;
        for (int k = 0; k < direction.size(); k++) {
            int i = direction.index(k);
            entries[i] = clipped(i, current(i) - step * direction.value(k), step * weight);
            if (weight != 0) {
                upTo[i] = next;
            }
        }
        thresholds = next;
    }

    @Override
    public double[] after(SparseVector direction, double step) {
        double[] moved = new double[entries.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = current(i);
        }
        direction.addTo(moved, -step);
        return box.projectWithL1(moved, step * weight);
    }

    @Override
    public State state() {
        return State.of("box iterate")
                .put("entries", SparseVector.of(entries).state())
                .put("thresholds", thresholds)
                .put("upTo", SparseVector.of(upTo).state());
    }

    @Override
    public void restore(State state) {
        double saved = state.require("box iterate").number("thresholds");
        double[] savedEntries =
                SparseVector.from(state.state("entries"), entries.length).dense(entries.length);
        double[] savedUpTo = SparseVector.from(state.state("upTo"), upTo.length).dense(upTo.length);
        System.arraycopy(savedEntries, 0, entries, 0, entries.length);
        System.arraycopy(savedUpTo, 0, upTo, 0, upTo.length);
        thresholds = saved;
    }
}
