package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;

/** Watches the mean reward of the kept arm, window by window; a window is a sum and a count, whatever its length. */
final class KingWatch {

    private static final String NAME = "king watch";

    /** Pulls of a window, in units of 1/eps^2: the standard deviation of its mean is at most eps/4. */
    private static final double WINDOW = 4;

    private String arm = "";
    private long count;
    private double sum;
    private boolean alarm;

    void add(String pulled, double reward, double keptMean, double accuracy) {
        if (!pulled.equals(arm)) {
            arm = pulled;
            count = 0;
            sum = 0;
            alarm = false;
        }
        count++;
        sum += reward;
        if (count >= WINDOW / (accuracy * accuracy)) {
            alarm |= Math.abs(sum / count - keptMean) > accuracy;
            count = 0;
            sum = 0;
        }
    }

    boolean alarmed(String kept) {
        return alarm && arm.equals(kept);
    }

    State state() {
        return State.of(NAME)
                .put("arm", arm)
                .put("count", count)
                .put("sum", sum)
                .put("alarm", alarm);
    }

    static KingWatch from(State saved) {
        KingWatch watch = new KingWatch();
        watch.arm = saved.require(NAME).text("arm");
        watch.count = saved.integer("count");
        watch.sum = saved.number("sum");
        watch.alarm = saved.flag("alarm");
        return watch;
    }
}
