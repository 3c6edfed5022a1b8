package dev.steelyard.online.wtb;

import dev.steelyard.core.state.State;

/** An arm's turn: plays that load the memory, then a window of plays whose losses count. */
final class Turn {

    private static final String NAME = "turn";
    private static final int SMALLEST_WINDOW = 16;
    private static final double SUSPICIOUS_ERRORS = 3;

    final long number;
    final int arm;
    final long window;
    /** Plays that are still to load the memory. */
    int burnIn;
    /** Plays of the window that were decided. */
    long decided;
    /** Plays of the window whose loss came, or will not come any more. */
    long settled;

    /** Count, sum, sum of squares of the window's first and second half. */
    private final double[] halves = new double[6];

    Turn(long number, int arm, long window, int burnIn) {
        this.number = number;
        this.arm = arm;
        this.window = window;
        this.burnIn = burnIn;
    }

    /** Counts a loss of the window. */
    void record(long play, double loss) {
        int half = play < window / 2 ? 0 : 3;
        halves[half]++;
        halves[half + 1] += loss;
        halves[half + 2] += loss * loss;
    }

    /** Whether the halves of the window differ by more than three standard errors. */
    boolean drifts() {
        if (window < SMALLEST_WINDOW || halves[0] < 2 || halves[3] < 2) {
            return false;
        }
        double first = halves[1] / halves[0];
        double second = halves[4] / halves[3];
        double variance = Math.max(0, halves[2] / halves[0] - first * first) / halves[0]
                + Math.max(0, halves[5] / halves[3] - second * second) / halves[3];
        return Math.abs(first - second) > SUSPICIOUS_ERRORS * Math.sqrt(variance) && first != second;
    }

    State state() {
        return State.of(NAME)
                .put("number", number)
                .put("arm", arm)
                .put("window", window)
                .put("burnIn", burnIn)
                .put("decided", decided)
                .put("settled", settled)
                .put("halves", halves);
    }

    static Turn from(State saved) {
        double[] halves = saved.require(NAME).doubles("halves", 6);
        Turn turn = new Turn(
                saved.integer("number"),
                saved.smallInteger("arm"),
                saved.integer("window"),
                saved.smallInteger("burnIn"));
        turn.decided = saved.integer("decided");
        turn.settled = saved.integer("settled");
        System.arraycopy(halves, 0, turn.halves, 0, halves.length);
        return turn;
    }
}
