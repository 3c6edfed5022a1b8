package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;

/**
 * A round that was decided: what its label will need, and what a log should hold.
 *
 * @param x features
 * @param groups its groups; none if it belonged to no group and teaches nothing
 * @param probabilities p, one for each of its groups
 * @param predictions z, one for each of its groups
 * @param drawn which of its groups was drawn, as an index into {@code groups}; -1 where predictions were averaged
 * @param shares the probability with which each group's learner would have predicted what was played; 1 or 0 for learners
 *     that do not say. Empty where predictions were averaged.
 */
public record GroupedRound<Z>(
        double[] x, int[] groups, double[] probabilities, List<Z> predictions, int drawn, double[] shares) {

    private static final String NAME = "round";
    static final int NONE = -1;

    /** A round of no group. */
    static <Z> GroupedRound<Z> ofNoGroup(double[] x) {
        return new GroupedRound<>(x, new int[0], new double[0], List.of(), NONE, new double[0]);
    }

    /** The probability with which the played prediction was played. */
    public double propensity() {
        double propensity = 0;
        for (int i = 0; i < shares.length; i++) {
            propensity += probabilities[i] * shares[i];
        }
        return shares.length == 0 ? 1 : Math.min(1, propensity);
    }

    /** Its learners' losses, estimated from the loss of what was played. */
    double[] estimate(double loss) {
        double weighted = loss / propensity();
        return Arrays.stream(shares).map(share -> share * weighted).toArray();
    }

    State state(GroupTask<Z, ?> task) {
        return State.of(NAME)
                .put("x", x)
                .put("groups", groups)
                .put("probabilities", probabilities)
                .put("predictions", predictions.stream().map(task::write).toArray(double[][]::new))
                .put("drawn", drawn)
                .put("shares", shares);
    }

    static <Z> GroupedRound<Z> from(State saved, GroupTask<Z, ?> task) {
        int[] groups = Arrays.stream(saved.require(NAME).integers("groups"))
                .mapToInt(Math::toIntExact)
                .toArray();
        return new GroupedRound<>(
                saved.doubles("x"),
                groups,
                saved.doubles("probabilities", groups.length),
                Arrays.stream(saved.matrix("predictions")).map(task::read).toList(),
                saved.smallInteger("drawn"),
                saved.doubles("shares"));
    }
}
